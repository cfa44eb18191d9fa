import { matchRules, parseRules } from './rules.ts';
import type { Token } from './tokens.ts';

/**
 * What people write to and about companies when something went wrong, and when it went well; see
 * `parseRules` for how to read them. The number is how much a match speaks for a complaint, about
 * in units of log odds.
 */
const PATTERNS: readonly (readonly [weight: number, patterns: string])[] = [
  [
    1.6,
    `still (waiting|no|not|nothing|down|broken|havent|hasnt|dont|doesnt|cant|wont|isnt|arent|hadnt)
     (third|<nth>|second|fourth|fifth) (time|engineer|visit|day|call|week|month|attempt|appointment|order)
     (nobody|noone) (answers|answered|picks|cares|called|calls|helps|replied|replies|knows|turned|showed|came)
     no one (answers|answered|picks|cares|called|calls|helps|replied|replies|knows|turned|showed|came)
     no (reply|response|answer|replies|responses|signal|service|internet|connection|explanation|apology|refund|wifi|broadband|update|updates|help|communication)
     (doesnt|dont|didnt|isnt|arent|not|wont|never|stopped|nothing|hasnt|havent|quit) _ (work|works|working|worked|loading|load|responding|charging|connecting|turn|delivered)
     does not work
     (never|not) (again|arrived|showed|received|came|flying|using|buying|coming|delivered|called|helpful|impressed|acceptable|happy|pleased|good)
     (on|been|put|placed|kept) on? hold (for|over|since)
     on hold
     (heard|hearing|got|received) nothing
     (logs|logged|logging|kicks|kicked|locks|locked) (me|us|you) out
     (restarts|reboots|resets) itself
     (never|didnt|not) (came|showed|turned|called|arrived|replied|answered)
     (hung|hang|hangs|hanging) up on
     (waiting|waited|wait|waits|hold|delayed|sitting|stuck|queue|queuing|line) _ (<n>|two|three|four|five|six|several|over|hours|days|weeks|months|hrs|hour|mins|minutes)
     down again
     (went|gone|goes|going|is|are|was|been|keeps) down
     (keeps|kept|keep) (crashing|dropping|freezing|disconnecting|cutting|failing|going|telling|saying|sending|charging|buffering|losing|breaking)
     (cancel|cancelled|canceled|cancelling|canceling) (my|our|the|flight|flights|order|without)
     (flight|flights|order|train|visit|appointment|delivery|booking) _ (cancelled|canceled|delayed|late|missing|lost)
     (cancelled|canceled|delayed) (flight|flights|again)
     (lost|losing|misplaced|damaged) (my|our) (bag|bags|luggage|baggage|order|parcel|package|money|data|number)
     (lost|missing|delayed|damaged) (bag|bags|luggage|baggage|parcel|package)
     (charged|charging|billed|billing|charge|overcharged|overcharging) (me|us|twice|my|for)
     (double|over) (charged|billed|booked|charging)
     (want|need|give|demand|get|gimme) _ (refund|compensation)
     my money back
     (rip|ripped|ripping) off
     (waste|wasted|wasting) of? (time|money|my)
     (poor|terrible|awful|bad|horrible|shocking|appalling|worst|crap|shit|shitty|rubbish|atrocious|pathetic|disgusting|disappointing|abysmal|dreadful|lousy|useless|slow|rude|unhelpful|incompetent|dire|zero|horrendous) (customer|service|support|experience|signal|reception|connection|speeds|speed|wifi|internet|staff|company|airline|communication|quality|attitude)
     (worst|slowest|rudest) (airline|company|service|customer|experience|network|provider|app|phone|update|flight|ever)
     (sick|tired|fed) (of|up|and)
     had enough
     (sort|get) (it|this|yourselves|yourself|your) (out|sorted|act|shit)
     (fix|sort) (this|it|your|the|my)
     pull your finger out
     (what|whats) (a|an) (joke|shambles|disgrace|mess|nightmare|farce|scam|ripoff|rip|waste)
     (absolute|complete|total|utter|utterly|absolutely|completely|totally|beyond) (joke|shambles|disgrace|mess|nightmare|farce|disaster|useless|ridiculous|unacceptable|rubbish|disgusting|disgraceful|crap|garbage)
     (is|are|its|such|this|a) _ (joke|shambles|disgrace|disgraceful|unacceptable|nightmare|farce|useless|ridiculous|garbage|scam|rubbish)
     not (acceptable|ok|okay|cool|helpful|impressed|happy|good|fair)
     not (good|great|fast|nearly) enough
     (let|letting|lets) (me|us|you|customers|people) down
     so (disappointed|frustrating|frustrated|annoying|annoyed|angry|slow|rude|unhelpful)
     (very|extremely|really|massively|bitterly|deeply) (disappointed|disappointing|poor|unhappy|frustrating|frustrated|annoyed|annoying|upset|rude|slow|unprofessional|dissatisfied)
     (how|why) (is|are|do|does|can|cant|did|has|have|would|wont|isnt|arent|doesnt|dont|didnt|hasnt|havent) (my|your|you|this|it|i|there|the) _ (not|still|so|no|down|slow|always|keep|keeps|charged|charging|wrong|late|delayed|blocked|cancelled)
     why (cant|wont|dont|doesnt|isnt|havent|hasnt|didnt|arent)
     (been|its) _ (<n>|two|three|four|five|six|several) (hours|days|weeks|months|hrs|hour|mins|minutes|years) (and|now|since|still|later|to|without|of|on)
     (for|over|than) the? (past|last)? (<n>|two|three|four|five|six|several) (hours|days|weeks|months|hrs|mins|minutes) (and|now|with|without|to|on)
     (hours|days|weeks|months|minutes|mins|hrs) (later|late|and|now|without)
     without (internet|power|a|any|service|signal|hot|broadband|phone|electricity|water|explanation|warning|telling|notice|asking|wifi)
     (switch|switching|switched|moving|move|changing|change|leaving|going) (to|from|provider|providers|carriers|away) (another|a|verizon|someone|elsewhere|network|different|competitor)?
     (last|final) time _ (use|fly|buy|order|shop|book|flying|using|ever)
     (never|wont|not) _ (use|fly|buy|order|shop|book|flying|using|buying|again|return) _ again
     (lost|losing|lose) (a|me|my|customers|customer) (customer|custom|business|loyalty|patience)?
     (wrong|incorrect|broken|faulty|damaged|defective|dead) (item|order|size|product|address|phone|handset|router|screen|one|info|information|on|in)
     (cant|couldnt|unable|cannot|impossible) to? _ (log|login|access|get|use|connect|reach|contact|book|check|pay|speak|load|open|find|send|make|sign|even)
     (can|could) not (log|access|get|use|connect|reach|contact|book|check|pay|speak|load|open|send)
     (need|needs|needed) (to be)? (fix|fixed|fixing|sorted|sorting)
     (my|the|your) (bag|luggage|order|parcel|package|refund|internet|wifi|broadband|phone|app|website|site|account|connection|line|router|signal|card|flight|delivery) _ (isnt|hasnt|wont|doesnt|never|not|down|broken|broke|late|missing|lost|slow|still|keeps|crashed|died|stopped|dead|crashes)
     (website|site|app|internet|network|system|server|servers|wifi|broadband|phones|lines|page|service) (is|are|was|has|been|keeps|not|down|isnt|wont|doesnt) (been|gone|down|not|so|crashing|broken|crap|shit|terrible|useless|slow|appalling)?
     error (message|messages|code|when|again|every|on)
     (issue|issues|problem|problems|trouble|troubles) (with|getting|logging|connecting|accessing|for|again|since)
     (passed|pass|pushed|sent|transferred) (around|from|between|about)
     (lied|lie|lying|lies) (to|about)
     (told|said|promised) (me|us|it|they|that|someone|wed|id|i) _ (would|but|wrong|different|never|call|by|within|today|yesterday)
     (how|why) (long|many|much|hard|difficult) (more|longer|does|do|must|is|can|times|it)
     (ignored|ignoring|ignore|ignores) (me|my|us|by|customers|your|messages|emails)
     (response|reply|replied|respond|responded|answer) _ (yet|never|still|weeks|days|hours)
     (dont|doesnt|not|never|didnt) (care|listen|respond|reply|answer|bother|help)
     what (is|the|on) (going|point|hell|fuck|heck|earth)
     (wtf|smh|ffs|fml|fail|epicfail|#fail)
     (would|will|could) (not|someone|somebody|anyone|you) (please)? _ (fix|explain|respond|reply|answer|call|refund|sort)
     (avoid|boycott) (this|them|at|like|these|<user>)
     (dont|do not) (buy|use|fly|bother|trust|shop|waste|recommend|order)
     (no|zero|little|any) _ (compensation|apology|empathy|sympathy|explanation|accountability)
     stranded (at|in|on|for|us)
     (missed|missing|miss) (my|our|a|the) (connection|connecting|flight|appointment|meeting|delivery|train)
     (stuck|sat|sitting|trapped) (in|on|at|here|for)
     (broke|broken|cracked|bricked|bent|fried|drained|draining|dies|died|overheating|frozen|froze|freezes|crashes|crashed|glitchy|laggy|buggy)`,
  ],
  [
    -1.4,
    `(thank|thanks|thx|thankyou|ty|cheers) (you|so|a|for|to|again|very|ever|guys|<user>|!|!!)?
     (great|excellent|amazing|fantastic|awesome|brilliant|superb|outstanding|wonderful|good|best|lovely|fab|fabulous|incredible|terrific|stellar) (service|customer|job|flight|experience|crew|staff|support|work|help|team|news|product|app|phone)
     (love|loving|loved|adore) (my|the|this|your|you|it|that|these|<user>|flying)
     (well|good|great|nice) (done|job|work|one)
     (no|zero) (issues|problems|complaints|trouble|delays)
     (hats|shout|shoutout) (off|out)? to
     (kudos|props|bravo|congrats|congratulations) (to|on|<user>)?
     (so|very|really|super|extremely|incredibly|most) (helpful|happy|pleased|impressed|friendly|kind|good|great|nice|excited|quick|fast|easy|grateful|thankful)
     (highly|would|definitely) recommend
     (problem|issue|everything|all|now|its|got|been) (is|been|it)? (fixed|solved|sorted|resolved)
     (keep|keeping) up the (good|great)
     (you|u) (guys|all)? (rock|rocks|rule)
     (you|u|guys) are (the|so|really)? (best|awesome|great|amazing|wonderful|fantastic|legends)
     (made|make|makes|making) my day
     (cant|can not) (wait|complain)
     (looking|look) forward
     (excited|pumped|stoked|thrilled|happy) (to|for|about|with)`,
  ],
  [
    -1.7,
    `not (bad|shabby|disappointed|terrible|complaining|half)
     (isnt|wasnt|arent) (bad|half|terrible|disappointed)
     (cant|cannot|couldnt|dont) (complain|fault|regret)
     (can|could) not (complain|fault)
     (cant|cannot|couldnt) be (happier|better|more|faster|easier|nicer)
     could not be (happier|better|more|faster|easier|nicer)
     (cant|cannot|couldnt) ask for (more|better)
     (no|zero) (single|real)? (issue|issues|problem|problems|complaint|complaints|trouble|troubles|outage|outages|delay|delays|fault|faults|regrets)
     (never|not|without) (had|have|once|even)? (a|any|one)? (single)? (issue|problem|complaint|trouble|outage|delay|fault|issues|problems|complaints|delays)
     nothing (wrong|bad|to) (with|about|to|complain|fault)
     never (let|failed|disappoints|disappointed) (me|us)?
     (free|without) (of|any) (problems|trouble|issues)`,
  ],
  [
    -0.6,
    `(were|is|are|now|job|still|currently) (hiring|recruiting|seeking)
     (vacancy|vacancies|careers|#jobs|#hiring|#job|#careers|recruitment)
     (job|jobs|careers|career) (at|in|opening|openings|alert|vacancy|fair|:)
     (apply|join) (now|us|today|here|by|our|online|via|the)
     (looking|searching) for (a|an|our|new|experienced|two|more)? _ (engineer|manager|developer|technician|driver|drivers|assistant|officer|agent|adviser|analyst|nurse|designer|clerk|handler|lead|cook|waiter|accountant|editor|teacher|intern)
     (engineer|manager|developer|technician|driver|assistant|officer|agent|adviser|analyst|nurse|designer|clerk|handler|operative) _ (wanted|required|needed|vacancy|salary)
     (full|part) time
     years _ experience
     (salary|wage) (<money>|<n>|from|up|of|:)
     seeks (a|an|new|its|experienced)?
     (check|checkout) (out|it|this|our)
     (enter|win|winner|giveaway|competition) (to|a|our|and|now|your)
     (new|latest) (blog|post|video|article|episode|review|release)
     (via|by|from) <user>
     (shares|stock|profits|revenue|earnings|quarterly|sales) (rise|fall|fell|rose|up|down|of|results|drop|slide|jump|slump)
     (announces|announced|launches|launched|unveils|acquires|reports|partners|appoints|names|hires)
     (police|firefighters|officials|prosecutors|detectives|residents|regulator|senator|court|judge|union|analysts|experts|council) _ (arrest|arrests|arrested|investigate|investigating|say|says|said|warn|warns|fear|confirm|report|rejects|orders|rules|accuses|condemn|fines)
     (man|woman|two|three|four|teenager|boy|girl|driver|cyclist|workers) _ (arrested|injured|killed|jailed|hurt|dead|charged|hospitalised|rescued)
     (arrested|injured|killed|jailed|hospitalised|dead) (after|in|following|near|outside|by|as)
     (fined|sued|accused|sentenced|hacked) (over|for|by|of|after|to)
     (study|survey|report|poll|research) (says|finds|warns|shows|reveals|suggests|:)
     says (report|union|study|regulator|police|court|survey|analyst|source|sources)
     cut <n> jobs
     <n> jobs
     (leaves|closes|hits|blocks|batters|strands) (road|roads|thousands|hundreds|traffic|<n>|parts|schools|town)
     now (playing|showing|reading|on|screening)
     (reading|listening|watching) (to|the|a|"|chapter|about)
     (song|book|film|movie|play|episode|exhibit|exhibition|poem|chapter|novel|album|podcast|documentary|quiz|talk) ("|called|titled|named|about|by|:)
     (title|line|quote|motto) (of|from|is|in|:)
     (he|she|they|teacher|speaker|son|daughter) (said|says|asked|wrote|shouted) (")`,
  ],
];

/** A matched pattern: the tokens `from` to `to` (exclusive), and how much it speaks for a complaint. */
export interface PhraseMatch {
  from: number;
  to: number;
  weight: number;
}

const RULES = parseRules(...PATTERNS);

/** All phrases of a text, left to right; of two that overlap the stronger, then the longer, stays. */
export function findPhrases(tokens: readonly Token[]): PhraseMatch[] {
  const found: PhraseMatch[] = [];
  for (const { from, to, kind } of matchRules(RULES, tokens)) {
    keep(found, { from, to, weight: kind });
  }
  return found;
}

function keep(found: PhraseMatch[], next: PhraseMatch): void {
  for (let last = found.at(-1); last !== undefined && last.to > next.from; last = found.at(-1)) {
    const stronger = Math.abs(last.weight) - Math.abs(next.weight);
    if (stronger > 0 || (stronger === 0 && last.to - last.from >= next.to - next.from)) return;
    found.pop();
  }
  found.push(next);
}
