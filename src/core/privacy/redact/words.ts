/** What the words before a number say it is. */
export type Hint =
  | 'phone'
  | 'account'
  | 'card'
  | 'routing'
  | 'id'
  | 'social-security'
  /** An order, a ticket, a serial number: something else. */
  | 'other';

const WORDS: Readonly<Record<Hint, string>> = {
  phone:
    'phone phones telephone tel tele fone fon mob mobile mobiles cell cellphone landline fax text texted txt sms call called ' +
    'calling calls callback ring ringing rang dial dialled dialed dialling whatsapp signal telegram viber contact reach reached ' +
    'hotline helpline freephone handy handynummer telefon telefonnummer telefonisch rufnummer mobilnummer mobil festnetz anruf anrufen ' +
    'rufen ruf ruft erreichbar erreichen téléphone téléphonez tél portable fixe appel appeler appelez appelle appelé joindre ' +
    'joignable rappeler rappelez teléfono telefono tfno móvil movil celular llama llame llamar llamen llamadme cellulare ' +
    'chiama chiamate chiamami chiamare telefoon telefoonnummer mobiel bel bellen telefone telemóvel ligue ligar ring ringa ' +
    'puhelin puh telefonu komórka komórki zadzwoń dzwonić dzwoń тел телефон телефону звоните звонить звони номер номеру',
  account:
    'iban konto kontonummer kontonr blz bankleitzahl cuenta compte rekening rekeningnummer acct acc a/c',
  card: 'card cards visa mastercard amex kreditkarte kreditkartennummer tarjeta pan',
  routing: 'routing aba rtn transit',
  'social-security': 'ssn itin',
  id:
    'nino nhs tin steuer-id steuer steueridentifikationsnummer steuernummer idnr identifikationsnummer bsn ' +
    'burgerservicenummer sofinummer sozialversicherungsnummer rentenversicherungsnummer versicherungsnummer svnr rvnr dni nie nif insee nir fiscale pesel personnummer cpr cpf aadhaar aadhar sin medicare tfn ahv avs ' +
    'pps passport reisepass ausweis ausweisnummer personalausweis personalausweisnummer licence license tax',
  other:
    'dhl ups fedex usps dpd evri hermes order orders ref refs reference ticket tickets case incident invoice serial s/n sn imei iccid isbn ean upc gtin asin sku model ' +
    'part item product tracking parcel package shipment consignment version build release firmware error err fault status code codes ' +
    'transaction txn payment policy claim complaint booking reservation confirmation id ids uid uuid user issn doi orcid bug issue ' +
    'pr mr commit meter mpan mprn chip mac asn job log hash checksum timestamp epoch unix seed lottery lotto draw barcode voucher ' +
    'coupon promo key batch lot patent article post tweet video channel game score scores size population sold worth total ' +
    'salary customer member membership loyalty bestellung bestellnummer auftrag auftragsnummer rechnung rechnungsnummer sendung ' +
    'sendungsnummer ticketnummer seriennummer vorgang vorgangsnummer kundennummer kundennr commande facture pedido factura ' +
    'ordine fattura bestelling factuur ordernummer',
};
/** Two words that mean something else together than apart. */
const PAIRS: Readonly<Record<string, Hint>> = {
  'sort code': 'account',
  'bank account': 'account',
  'current account': 'account',
  'savings account': 'account',
  'checking account': 'account',
  'bank details': 'account',
  'social security': 'social-security',
  'soc sec': 'social-security',
  'national insurance': 'id',
  'national id': 'id',
  'national identity': 'id',
  'identity card': 'id',
  'social insurance': 'id',
  'sécurité sociale': 'id',
  'tax id': 'id',
  'tax code': 'id',
  'id card': 'id',
  'phone id': 'other',
  'signal strength': 'other',
  'case number': 'other',
};
const HINTS = new Map<string, Hint>();
for (const [hint, words] of Object.entries(WORDS)) {
  for (const word of words.split(' ')) HINTS.set(word, hint as Hint);
}

const NUMBER_WORD = /^(?:numbers?|no|nos|num|nums|nr|nummer|numéro|numero|número)$/;
const POSSESSIVE =
  /^(?:my|our|his|her|their|whose|new|work|home|direct|personal|private|mein|meine|meiner|mon|mi|mio)$/;
const CALLING_SIGNS = /电话|手机|電話|携帯|ケータイ|전화|연락처|[☎📞📱📲]/u;

/** Words that may stand between the name of a number and the number: "call me back on", "order no. is". */
const BETWEEN = new Set(
  (
    'me us him her them back now please pls on at is are was under via to or and the my our a an this please also again anytime ' +
    'tonight today tomorrow directly instead either with for by ext it its ist lautet unter auf uns mich bitte an der die das ' +
    'meine unsere au sur le la moi nous est mon al en el mi es me su il mio mia è op mij na мне по на это id code'
  ).split(' '),
);
/** A sentence ended, and says nothing of the next; `Tel.` and `No.` end none. */
const SENTENCE_END =
  /^.*(?<!(?<!\p{L})(?:tel|tél|mob|ph|no|nr|num|acc|acct|ref|fon|puh|art|тел))[.!?;]["'”)]?\s+(?=\p{Lu}|[^\p{L}\p{N}]|$)/isu;

/** How far back the words that say what a number is may stand. */
const REACH = 40;

/** The words before place `at`, up to the end of the sentence before. */
export function sentenceBefore(text: string, at: number): string {
  return text.slice(Math.max(0, at - REACH), at).replace(SENTENCE_END, '');
}

/** What the words just before place `at` say that the number there is; the last of them wins. */
export function hintBefore(text: string, at: number): Hint | null {
  if (!/\p{L}|[☎📞📱📲]/u.test(text.slice(Math.max(0, at - REACH), at))) return null;
  const sentence = sentenceBefore(text, at);
  const words = sentence.toLowerCase().match(/[\p{L}\p{M}]+(?:[/-][\p{L}]+)?/gu) ?? [];
  let numbered = false;
  let close = true;
  for (let i = words.length - 1; i >= 0; i--) {
    const word = words[i] ?? '';
    const previous = words[i - 1] ?? '';
    if (NUMBER_WORD.test(word)) {
      numbered = true;
      if (close && POSSESSIVE.test(previous)) return 'phone';
      continue;
    }
    const isLast = i === words.length - 1;
    const hint =
      PAIRS[`${previous} ${word}`] ?? HINTS.get(word) ?? numberedHint(word, numbered || isLast);
    if (hint === 'phone') {
      if (close) return hint;
    } else if (hint === 'other') {
      // "my order - 4111…": what follows a dash is a new thought.
      if (close && !/[,;()–—]|[ \uE000]-/.test(after(sentence, word))) return hint;
    } else if (hint !== undefined) return hint;
    close &&= BETWEEN.has(word);
  }
  if (numbered && /(?<!\p{L})(?:number|num|no) is(?!\p{L})/iu.test(sentence)) return 'phone';
  return CALLING_SIGNS.test(sentence) ? 'phone' : null;
}

function after(sentence: string, word: string): string {
  return sentence.slice(sentence.toLowerCase().lastIndexOf(word) + word.length);
}

function numberedHint(word: string, numbered: boolean): Hint | undefined {
  if (!numbered) return undefined;
  if (word === 'account') return 'account';
  if (word === 'ni') return 'id';
  return word === 'social' ? 'social-security' : undefined;
}
