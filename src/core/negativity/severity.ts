import { SEVERITIES, type Severity } from '../verdict.ts';
import { matchRules, parseRules } from './rules.ts';
import type { Token } from './tokens.ts';

/** The words by which each kind is recognised; see `parseRules` for how to read them. */
const PATTERNS: Readonly<Record<Severity, string>> = {
  safety: `
    (caught|catches|catching|on) fire
    (smoke|sparks|sparking|smoking|burning|flames|exploded|explode|explosion|overheated|melted|melting)
    (burnt|burned) (my|his|her|our|me)
    electric (shock|shocks)
    electrocuted
    (gas|carbon) (leak|leaking|monoxide)
    (live|exposed|bare|loose|dangling) (wire|wires|cable|cables|cabling)
    (cable|wire|pole) _ (across|over|fell|fallen|hanging)
    (fire|safety|trip) hazard
    (dangerous|unsafe|injured|injury|injuries|hospitalised|hospitalized)
    (cant|couldnt|unable|cannot) to? (call|ring|reach|dial) (emergency|an|the) (ambulance|police|services)?
    (cant|couldnt|unable|cannot) to? (call|ring|reach|dial) (<n>|ambulance|police|services)
    (brake|brakes|steering|airbag|seatbelt) _ (failed|fail|fails|broke|stopped|gone|snapped)
    doors (wide|were|are)? open
    (plug|charger|socket|heater|cable|box|battery|adapter|toaster|oven|phone) _ (melted|melting|burnt|burned|burst|exploded|exploding|smoked)
    (nearly|almost) (ran|run|hit|killed|crushed|knocked) _ (over|me|us|him|her|child|daughter|son|down)
    (collapsed|fell|snapped|broke) _ (with|on|onto|under) (me|us|him|her|the|my|a) _ (in|inside|head|foot|child|baby)?
    (wire|wires|cable|cables) (across|over|on|in|down) (the|our|my)
    (manhole|hole|trench|pit|shaft) _ (open|uncovered|unfenced)
    gas smell
    (gave|got|get|had) (me|us|him|her)? (a|an)? (electric|bad|nasty)? (shock|shocks)
    (chemical|severe|bad|serious|third) _ (burns|burn)
    (alarm|detector) _ (silent|failed|dead|broken)
    (shut|closed|trapped|caught|crushed) (on|in)? (my|his|her|our) (arm|leg|hand|foot|finger|fingers|head)
    (ran|jumped|missed) (a|the) red light
    (bleeding|choked|choking|suffocating|concussion)
    smell of (gas|smoke|burning|petrol)
    (glass|plastic|metal|nail|needle|razor|mould|mold|screw) in (my|our|his|her|their) _
    (cut|burned|burnt|broke) (my|his|her|our) (lip|hand|hands|finger|fingers|mouth|foot|leg|arm|face)
    (food|carbon) poisoning
    allergic reaction
    (ended|went|taken|rushed|sent) _ (hospital|casualty)`,
  vulnerable: `
    (elderly|disabled|vulnerable|housebound|bedridden|wheelchair|pensioner|dementia|alzheimers|palliative)
    (my|our) (nan|nana|gran|grandma|grandmother|grandad|granddad|grandfather|mum|mother|dad|father) _ (is|alone|relies|needs|depends|cant|without)
    (medical|panic|personal|care|emergency) (alarm|pendant|button|equipment|condition)
    (heart|cancer|dialysis|chemo) (condition|patient|monitor|treatment)
    (ventilator|oxygen|insulin|pacemaker|telecare|lifeline)
    (newborn|pregnant|premature|hospice|hospital|deaf|blind|epileptic|epilepsy|autistic|diabetic|asthma|frail|confused)
    (widow|widower|carer|parkinson|parkinsons|stroke|autism|disability|disabilities|syndrome|concentrator|nebuliser|nebulizer)
    (care|caring) for my (wife|husband|mum|mother|dad|father|son|daughter|brother|sister|partner)
    (week|month|day|weeks|months|days) old (baby|twins|son|daughter|child)
    (anxious|suicidal|depressed|disabled|ill|sick) (teenager|teen|mother|mum|father|dad|son|daughter|child|wife|husband|grandmother)
    (dialysis|chemo|chemotherapy|palliative|medication|insulin)
    (nan|gran|grandma|grandmother|grandad|grandfather|mum|mother|dad|father|she|he) _ (<n>|eighty|ninety) (and|years|alone)
    (baby|infant|toddler|kids|children) _ (no|without|cold|heating|water)
    (<n>|eighty|ninety) year old (mother|mum|dad|father|nan|gran|grandmother|grandfather|woman|man|lady|neighbour)
    (suicidal|suicide|bereaved|bereavement)
    passed away
    (late|dying|dead) (mother|father|mum|mom|dad|wife|husband|nan|gran|brother|sister)
    (grieve|grieving|funeral)
    (mental|severe) (health|anxiety|illness)`,
  legal: `
    (lawyer|lawyers|solicitor|solicitors|attorney|barrister|lawsuit|ombudsman|ofcom|ofgem|regulator)
    (trading|advertising) standards
    small claims
    (legal|court) (action|proceedings|case|advice|order)
    (see|take|taking|took|taken) (you|them|this|it|<user>) to (court|tribunal|the)
    (sue|suing|sued|sueing) (you|them|<user>|the|this|over|for)?
    (breach|breached|breaking|broke) _ (contract|gdpr|law|promise)
    gdpr
    (data|privacy) (protection|breach|leak|law|rules)
    (served|serving) (papers|notice)
    (talk|speak|write) to my (lawyer|solicitor|attorney)
    court (date|hearing|case|order|action|claim)
    (breach|breaches|violation) of (my|our|the)? (rights|contract|law|terms)
    (breaking|breaks|broke) the law
    police (report|complaint|involved)
    (reported|report|complained|complain) _ (police|ombudsman|regulator|authorities)
    (false|misleading) (advertising|adverts|claims)
    (leaked|shared|sent|sold) (my|our|bank|personal|private|customer) _ (data|details|address|number|information)
    (data|privacy) (breach|leak|protection)
    (consumer|consumers) rights
    (breaks|broke|breaking|against|breach) _ (law|contract|act)
    see (you|them|<user>|ya) in court
    hear from (my|our|a) (solicitor|lawyer|attorney)
    (illegal|illegally|unlawful|fraudulent|fraud)`,
  outage: `
    (outage|outages|blackout)
    (is|are|went|gone|been|going|was|still|completely|totally|goes|network|internet|wifi|broadband|service|site|website|app|server|servers|system) (down|offline)
    down (again|since|for)
    (no|without|lost|zero|losing) (any|all|the|my)? (internet|signal|service|connection|wifi|broadband|dial|phone|power|network|line|coverage|electricity|water|mobile|data)
    (internet|broadband|wifi|network|connection|line|service|phone|router|landline) (has|is|have|just)? (isnt|not|stopped|doesnt|hasnt|wont) (been)? (working|worked|work|connecting|connect)
    (internet|broadband|wifi|network|connection|line|service|phone|landline) is (dead|out|offline)
    (whole|entire) (street|area|town|village|estate|building|city|office) _ (down|out|offline|without|no|affected|off)
    (anyone|anybody|everyone) else _ (down|offline|outage|problems|issues)
    (cut|cutting) off _ (internet|phone|line|service|broadband|again)
    (dead|out|down|off|gone) (in|across|on) (the|our|my|this) (whole|entire)? (block|street|village|valley|town|area|building|city|neighbourhood|island|office|estate|ward)
    (dead|out|down|off|gone) for (everyone|everybody|all|us)
    (nobody|noone|cant|cannot|everyone|everybody) _ (get|go|is|gets) (online|offline)
    (server|servers|site|website|app|payments|cards|services|lines|phones) (is|are|was|were|still|all)? (down|unreachable|unavailable|offline|dead|silent)
    (wont|doesnt|dont|not|isnt|arent) (load|loading|work|working|connect|connecting) (for|to) (anyone|anybody|everyone|us|everybody)
    (payments|payment|cards|calls|texts|messages) _ (not|arent|wont|isnt) (going|getting|coming|sending|working)
    (whole|all|half) of? _ (without|offline|down|out)
    (gone|went|go) (down|out|dark) (in|across|for|again|at|and)
    still (out|down|offline|unavailable)
    (is|was|been) (unavailable|unreachable)
    (had|has|have|having) no _ (power|electricity|internet|water|heating|signal|broadband|service)
    is (the|your)? <user>? (website|site|app|network|service|server|internet) down
    (not|no) (a|one|single)? (bar|bars) of (signal|reception)
    (mail|email|booking|payment|payments|card|tv|phone|mobile|system|systems|login|servers) (system)? (is|are|has|down|went|all)? (down|offline|out|unreachable)
    no (channels|power|water|electricity|heating|reception|coverage|line)
    (lost|losing) _ (power|signal|connection|internet|service|broadband)`,
  money: `
    (overcharged|overcharging|refunded|reimbursed|reimburse)
    (my|our|a|full|no|owed|promised|your|the|want|need) (refund|compensation|reimbursement) (is|was|still|hasnt|has|never|now|please|from|since|for|after|yet|.|,|?|!|you|it|of|in|i|<n>|<user>)?
    refund (me|us|my|please|is|was|still|has|hasnt|never|now|since)
    where (is|are|has|did) (my|our|the) (money|refund|deposit|cash|payment)
    (double|twice|wrongly|incorrectly) (charged|billed|debited)
    (charged|billed|debited|charging|billing) (me|us|my) _ (twice|again|double|extra|for|wrong|wrongly|after|<money>|<n>)
    (charged|billed) (twice|double|again|extra|wrongly)
    (hidden|extra|unexpected|unfair|cancellation|late|exit|termination) (fee|fees|charge|charges)
    (price|prices|bill) (rise|hike|increase|hikes|gone|went|doubled|up)
    (owe|owes|owed|stole|stolen|steal|stealing|took|taken|taking) _ (money|<money>|payment|payments)
    (money|payment|payments|<money>) (back|taken|missing|stolen|gone)
    (ripped|rip|ripping) (me|us|people|customers|you)? off
    (scam|scammed|scammers|ripoff)
    (wrong|huge|massive|incorrect) (bill|bills|invoice)
    (charged|charges|billed|bills|debits) (me|us) _
    (refunded|refund|return|returned|paid) _ (penny|cent|dime|money)
    (has|have|had|still|hasnt|havent|not|never) (not|been|yet)? (refunded|reimbursed)
    (not|never|wont|refuse|refuses) _ (my|our) money back
    (late|cancellation|exit|admin|booking|hidden|extra|surprise|roaming) (fee|fees|charge|charges)
    (two|double|duplicate|three) payments
    (debited|withdrew|deducted) _ (account|card|after|again|twice|<money>|<n>)
    (owe|owes|owed|short|promised|refuses|refused) _ (pay|return|refund) _ (back|deposit|money|me|us)
    (return|give|gave) (back)? (my|our|the) (deposit|money)
    put (my|our|the) (bill|price|prices|rent|fee|fees) up
    why (was|am|were|did) (i|we|you) _ (charged|billed|charge|bill)
    (billed|charged|paying) for (two|three|four|<n>|someone)
    (account|card|money|savings) _ (emptied|stolen|gone|missing|vanished)
    (took|takes|taken|taking|withdrew) _ (from|of) (my|our) (account|card|bank|savings|pension)
    (charged|billed|charging|billing|paid) (me|us)? for (a|an|the|something|things|nothing|stuff) _ (never|not|didnt|dont)
    (want|wants|wanted|demand|demands|charge|charges) (a|an) (fee|charge)
    (debit|payment|debits|payments) _ (went|taken|left|gone|out) _ (twice|again)
    (money|booking|deposit) _ (gone|vanished|disappeared|stolen)
    (direct|debit) (debit|order) _ (twice|wrong|after|still|again)`,
  leaving: `
    (cancel|cancelling|canceling|cancelled|canceled|ending) (my|our|the) (contract|account|subscription|service|broadband|membership|package|direct|plan|internet)
    (switch|switching|switched|moving|moved|move|changing|going|jumping|defecting) (to|over|back) (to|another|a|verizon|sprint|someone)? (competitor|provider|<user>|different|another|rival|rivals|else)
    (switch|switching|change|changing|changed|new|another|different) (provider|providers|suppliers|supplier|carrier|carriers|networks|isp|company|companies)
    (leaving|leave|left|quitting|ditching|dumping|ditched) (you|<user>|them|this|for|your)
    (im|am|are|were|going|definitely|be) (be|definitely|now|to|so)? (leaving|switching) (you|<user>|them|provider|providers|soon|for|to|when|as|if|after)?
    (contract|contracts) (ends|is|runs|finishes) (up|out|in|next|soon)
    (lost|losing|lose) (a|me|us|my|another) (as)? (a)? _ (customer|custom|business)
    (last|final) time _ (use|using|fly|flying|buy|buying|order|ordering|shop|book)
    (never|wont|not) _ (use|fly|buy|order|shop|book|using|flying|buying|be) _ (again|back|ever)
    taking (my|our) (business|custom|money) elsewhere
    (look|looking) (for|at) (a|another|other) (new|another|alternative|different)? (provider|providers|network|supplier|carrier|isp)
    (done|finished|through) with (you|<user>|this|them|these)
    (pac|mac) code
    (cancelling|canceling|leaving|ditching|dumping|quitting) _ (today|tomorrow|now|tonight|asap|immediately|soon)
    (switching|switched|moving|moved) (away)? from
    (im|am|were|are|totally|officially) (so|totally|absolutely|officially)? (done|finished|through) with
    done with _ for (good|ever)
    (bye|goodbye|farewell|adios) (<user>|forever|then|for|and)
    (taking|take|moving|move|porting|port) my (number|custom|business|money|account) (to|elsewhere|away)
    (closing|close|closed|shutting) (my|our) _ (account|accounts|contract)
    (wont|not|never) _ (another|a) (penny|cent|dime|dollar|pound|euro)
    (ends|end) (today|here|now|tomorrow)
    (tip|tips|recommendation|recommendations|idea) for a (better|new|different|another|good)
    (better|new|different|alternative|another) (provider|network|airline|bank|carrier|supplier) (than|instead|please|any)
    (contract|plan|subscription) (is|runs|are) (up|out|over)
    never _ (flying|buying|using|booking|ordering|shopping) _ again
    (cancelled|canceled|quit|left|ditched|dropped) _ after (<n>|two|three|four|five|six|ten|many|all) _ (years|months)
    (lost|losing) (me|us) (as|for|today|now|forever|.|,|!)?
    (last|final) (order|flight|trip|time|purchase|booking|visit|month) _ (ever|with|place|make|take|fly)
    no more _ for (me|us|this|my|our)
    (moving|moved|switching|switched|transferring) (everything|all|my|our|both) _ (to|from)
    i quit
    hello (anybody|anyone|somebody|competitor) else?
    off to (<user>|another|a|the) (competitor|provider|rival|competition)?`,
};

const RULES = parseRules(...SEVERITIES.map((kind, urgency) => [urgency, PATTERNS[kind]] as const));

/** What comes right before or after and takes the report back. */
const TAKES_BACK: ReadonlySet<string> = new Set(
  'no not never nothing without isnt wasnt didnt dont havent hasnt arent werent wont if'.split(' '),
);

/**
 * The most urgent kind of trouble that a text reports, null where it reports none. A denial
 * ("there was no outage", "not leaving you") does not count.
 */
export function severityOf(tokens: readonly Token[]): Severity | null {
  let most: number = SEVERITIES.length;
  for (const { from, kind } of matchRules(RULES, tokens)) {
    if (kind < most && !isDenied(tokens, from)) most = kind;
  }
  return SEVERITIES[most] ?? null;
}

function isDenied(tokens: readonly Token[], from: number): boolean {
  for (let at = Math.max(0, from - 3); at < from; at++) {
    if (TAKES_BACK.has(tokens[at]!.word)) return true;
  }
  return false;
}
