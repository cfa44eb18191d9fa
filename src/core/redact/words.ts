/** What the words before a number say it is. */
export type Hint =
  'phone' | 'account' | 'card' | 'routing' | 'id' | 'social-security' | 'other' | null;

const NUMBER = '(?:[ -]?(?:numbers?|no|nos|num|nr|id|code|#)\\b\\.?)';
const HINTS: readonly (readonly [Exclude<Hint, null>, string])[] = [
  [
    'card',
    `(?:(?:credit|debit|bank|visa|master)[ -]?)?card(?:${NUMBER})?|visa|mastercard|amex|kreditkarten?(?:nummer)?|carte (?:bancaire|bleue)|tarjeta|carta di credito|pan`,
  ],
  ['routing', `(?:aba|routing|rtn|transit)(?:${NUMBER})?`],
  [
    'account',
    `(?:bank[ -]?|current[ -]?|savings[ -]?|checking[ -]?)?account${NUMBER}|acct?${NUMBER}?\\.?|a\\/c${NUMBER}?|` +
      'bank account|checking account|savings account|sort[ -]?code|sort(?=:)|bank details|iban|konto(?:nummer|nr)?|blz|cuenta|compte|rekening(?:nummer)?|numero di conto',
  ],
  ['social-security', `ssn|itin|social security${NUMBER}?|soc sec${NUMBER}?`],
  [
    'id',
    `national (?:id|insurance|identity)(?: card)?${NUMBER}?|ni${NUMBER}|nino|nhs${NUMBER}?|tax[ -]?(?:id|payer)?${NUMBER}?|tin|` +
      'steuer-?(?:id(?:entifikationsnummer)?|nummer)?|steuerliche identifikationsnummer|idnr|identifikationsnummer|bsn|burgerservicenummer|sofinummer|' +
      'dni|nie|nif|cif|insee|nir|numéro de sécu(?:rité sociale)?|sécurité sociale|codice fiscale|pesel|nip|' +
      'personnummer|cpr|cpf|aadhaar|aadhar|sin|social insurance|medicare|tfn|ahv|avs|pps|' +
      `passport${NUMBER}?|reisepass(?:nummer)?|ausweis(?:nummer)?|driving licen[cs]e${NUMBER}?|driver'?s licen[cs]e${NUMBER}?`,
  ],
  [
    'other',
    '(?:order|ref(?:erence)?|tickets?|case|incident|invoice|serial|s\\/n|sn|imei|iccid|isbn|ean|upc|gtin|asin|sku|model|part|item|' +
      'product|tracking|parcel|package|shipment|consignment|version|build|release|firmware|error|err|fault|status|transaction|' +
      'txn|payment|policy|claim|complaint|booking|reservation|confirmation|id|uid|uuid|user|issn|doi|orcid|bug|issue|pr|mr|commit|' +
      'meter|mpan|mprn|chip|mac|asn|job|log|hash|checksum|timestamp|epoch|unix|seed|lottery|lotto|barcode|voucher|coupon|promo|' +
      'licen[cs]e|key|batch|lot|patent|article|post|tweet|video|channel|game|score|size|population|sold|worth|total|salary|' +
      'bestell(?:ung|nummer)?|auftrag(?:snummer)?|rechnung(?:snummer)?|sendung(?:snummer)?|ticketnummer|seriennummer|vorgang(?:snummer)?|' +
      `commande|facture|pedido|factura|ordine|fattura|bestelling|factuur|customer|kunden?(?:nummer|nr)?)${NUMBER}?(?: (?:is|was|ist))?`,
  ],
  [
    'phone',
    '(?:tele)?phone(?: (?:me|us))?(?: ?numbers?)?|tel(?:ephone)?|fone|fon|mob(?:ile)?s?|cell(?:phone)?|landline|fax|text(?:ed)?|txt|sms|' +
      'call(?:ed|ing|s)?|call ?back|ring(?:ing)?|rang|dial(?:led|ed|ling)?|whats ?app|signal|telegram|viber|contact(?: me)?|reach(?:ed)?|' +
      '(?:my|our|his|her|their|this|new|work|home|direct) (?:numbers?|no|num)|numbers? (?:is|are|s)|on this number|number below|handy(?:nummer)?|' +
      'telefon(?:nummer|isch)?|rufnummer|anruf(?:en)?|rufen|ruf|hotline|helpline|' +
      'téléphone|tél|portable|appel(?:er|ez|le|é)?|joindre|joignable|teléfono|tfno|móvil|movil|celular|llam(?:a|e|ar|en|adme)|' +
      'telefono|cellulare|chiam(?:a|ate|ami|are)|telefoon(?:nummer)?|mobiel|bel(?:len)?|telefone|telemóvel|ligue|ligar|telefonnummer|' +
      'ring|mobil|puh(?:elin)?|telefonu?|komórk[ai]|zadzwoń|dzwoni\\p{L}*|тел(?:ефон)?|звон\\p{L}*|номер',
  ],
];

const ALL = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${HINTS.map(([hint, words]) => `(?<${nameOf(hint)}>${words})`).join('|')})(?![\\p{L}\\p{N}])` +
    '|(?<phone2>电话|手机|電話|携帯|ケータイ|전화|연락처|☎|📞|📱|📲)',
  'giu',
);

/** How far back the words that say what a number is may stand. */
const REACH = 40;

/** What the words just before place `at` say that the number there is; the last word wins. */
export function hintBefore(text: string, at: number): Hint {
  // A sentence that ended says nothing of the next.
  const before = text.slice(Math.max(0, at - REACH), at).replace(/^.*[.!?;]\s+(?=\p{Lu})/su, '');
  let hint: Hint = null;
  for (const { groups = {} } of before.matchAll(ALL)) {
    for (const [name] of HINTS) if (groups[nameOf(name)] !== undefined) hint = name;
    if (groups.phone2 !== undefined) hint = 'phone';
  }
  return hint;
}

function nameOf(hint: string): string {
  return hint.replace('-', '_');
}
