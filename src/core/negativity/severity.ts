import { SEVERITIES, type Severity } from '../verdict.ts';
import { matchRules, parseRules } from './rules.ts';
import type { Token } from './tokens.ts';

/** The words by which each kind is recognised; see `parseRules` for how to read them. */
const RULES = {
  safety: parseRules(`
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
    (cant|couldnt|unable|cannot) to? (call|ring|reach|dial) (<n>|emergency|an|the)? (ambulance|police|services|<n>)?`),
  vulnerable: parseRules(`
    (elderly|disabled|vulnerable|housebound|bedridden|wheelchair|pensioner|dementia|alzheimers|palliative)
    (my|our) (nan|nana|gran|grandma|grandmother|grandad|granddad|grandfather|mum|mother|dad|father) _ (is|alone|relies|needs|depends|cant|without)
    (medical|panic|personal|care) (alarm|pendant|equipment|condition)
    (heart|cancer|dialysis|chemo) (condition|patient|monitor|treatment)
    (ventilator|oxygen|insulin|pacemaker|telecare|lifeline)
    (newborn|pregnant|premature)
    (<n>|eighty|ninety) year old (mother|mum|dad|father|nan|gran|grandmother|grandfather|woman|man|lady|neighbour)
    (suicidal|suicide|bereaved|bereavement)
    (passed|just) away
    (mental|severe) (health|anxiety|illness)`),
  legal: parseRules(`
    (lawyer|lawyers|solicitor|solicitors|attorney|barrister|lawsuit|ombudsman|ofcom|ofgem|regulator)
    (trading|advertising) standards
    small claims
    (legal|court) (action|proceedings|case|advice|order)
    (see|take|taking|took|taken) (you|them|this|it|<user>) to (court|tribunal|the)
    (sue|suing|sued|sueing) (you|them|<user>|the|this|over|for)?
    (breach|breached|breaking|broke) _ (contract|gdpr|law|promise)
    gdpr
    (data|privacy) (breach|leak|protection)
    (consumer|consumers) rights
    (illegal|illegally|unlawful|fraudulent|fraud)`),
  outage: parseRules(`
    (outage|outages|blackout)
    (is|are|went|gone|been|going|was|still|completely|totally|goes|network|internet|wifi|broadband|service|site|website|app|server|servers|system) (down|offline)
    down (again|since|for)
    (no|without|lost|zero|losing) (any|all|the|my)? (internet|signal|service|connection|wifi|broadband|dial|phone|power|network|line|coverage|electricity|water|mobile|data)
    (internet|broadband|wifi|network|connection|line|service|phone|router|landline) (has|is|have|just)? (isnt|not|stopped|doesnt|hasnt|wont) (been)? (working|worked|work|connecting|connect)
    (internet|broadband|wifi|network|connection|line|service|phone|landline) is (dead|out|offline)
    (whole|entire) (street|area|town|village|estate|building|city|office) _ (down|out|offline|without|no|affected|off)
    (anyone|anybody|everyone) else _ (down|offline|outage|problems|issues)
    (cut|cutting) off _ (internet|phone|line|service|broadband|again)`),
  money: parseRules(`
    (overcharged|overcharging|refund|refunded|refunds|reimbursed|reimburse|compensation)
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
    (direct|debit) (debit|order) _ (twice|wrong|after|still|again)`),
  leaving: parseRules(`
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
    (pac|mac) code`),
} as const satisfies Record<Severity, unknown>;

/** What comes right before or after and takes the report back. */
const TAKES_BACK: ReadonlySet<string> = new Set(
  'no not never nothing without isnt wasnt didnt dont havent hasnt arent werent wont if'.split(' '),
);

/**
 * The most urgent kind of trouble that a text reports, null where it reports none. A denial
 * ("there was no outage", "not leaving you") does not count.
 */
export function severityOf(tokens: readonly Token[]): Severity | null {
  for (const kind of SEVERITIES) {
    const reported = matchRules(RULES[kind], tokens).some(({ from }) => !isDenied(tokens, from));
    if (reported) return kind;
  }
  return null;
}

function isDenied(tokens: readonly Token[], from: number): boolean {
  for (let at = Math.max(0, from - 3); at < from; at++) {
    if (TAKES_BACK.has(tokens[at]!.word)) return true;
  }
  return false;
}
