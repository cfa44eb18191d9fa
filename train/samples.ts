import { LABELS, type Row } from './rows.ts';
import { generator } from './generator.ts';

/**
 * Made-up posts to and about companies. The labelled sources hold hardly any, and a complaint that
 * only states what happened ("rebooked us onto a flight that had left") has no word of feeling that
 * they could teach. `{name}` is filled from SLOTS, `[a|b]` is a choice, one line a pattern.
 */
const SLOTS: Readonly<Record<string, string>> = {
  us: 'me|us',
  my: 'my|our|my|the',
  long: 'an hour|two hours|3 hours|45 minutes|90 mins|over an hour|two days|three days|5 days|a week|two weeks|3 weeks|a month|2 months|ages|forever|hours|days|weeks|4 hrs',
  times:
    'twice|three times|4 times|five times|six times|again and again|every day|every single day|all week|every night|daily|constantly',
  nth: 'second|third|fourth|fifth|3rd|4th|2nd|10th|umpteenth',
  net: 'internet|wifi|broadband|connection|signal|line|service|4g|data|phone line|landline|network',
  thing:
    'router|phone|laptop|tablet|tv|app|website|site|account|watch|headset|printer|modem|card|camera|charger|box|console|screen|keyboard|speaker|game',
  goods:
    'order|parcel|package|delivery|refund|replacement|shoes|tickets|voucher|shirt|sofa|groceries|present|book|washing machine',
  bag: 'bag|bags|suitcase|luggage|baggage|stroller|golf clubs',
  trip: 'flight|train|connection|connecting flight|trip|bus|coach|ferry|red-eye',
  city: 'Denver|Dallas|Boston|London|Leeds|Chicago|Paris|Oslo|Phoenix|Austin|Newark|Miami|Dublin|Madrid',
  person:
    'agent|rep|engineer|technician|driver|manager|supervisor|adviser|flight attendant|clerk|crew member|staff member|person',
  staff:
    'agents|reps|staff|engineers|drivers|crew|people|advisers|customer service|support|the help desk',
  work: 'work|load|connect|open|charge|turn on|start|sync|update|log in|install|play|ring|respond',
  bad: 'awful|terrible|rude|useless|clueless|unhelpful|horrible|a joke|ridiculous|pathetic|disgraceful|shocking|the worst|unacceptable|poor|appalling|dreadful|painful|garbage|beyond a joke|incompetent',
  good: 'great|amazing|fantastic|wonderful|excellent|awesome|brilliant|superb|lovely|so helpful|friendly|top notch|outstanding|perfect|the best|very kind',
  day: 'today|tonight|this morning|yesterday|on Monday|tomorrow|on Saturday|this week|next week|this evening',
  money: '$50|$200|£30|£12.99|€80|$25|$400|£500|90 dollars',
};

const NEGATIVE = `
  [been|I have been|we've been|still] [on hold|waiting on the phone|in the queue|waiting in line|holding] [for|] {long} [now|] [with|at|for] {co}
  {co} [why is|how come|any reason why] {my} {net} [is|] [down|so slow|gone|cutting out|dropping] [again|today|every evening|all day]?
  {my} {net} [has been|was] [down|out|off|dead|unusable] [for|] {long} {co} [and nobody knows why|and no one is telling us anything|do something|any update?|]
  {co} {my} {trip} [was|got|has been] [cancelled|canceled|delayed|pushed back|bumped] [and|so now] [I am|we are|I'm] [stuck in|stranded in|sleeping at the airport in|missing my connection in] {city}
  [missed|missing|going to miss] {my} {trip} [because|since|cause|thanks to] {co} [sat on the runway|had no gate|had no crew|was late|could not find a pilot|held us at the gate]
  {co} [lost|misplaced|left behind|forgot] {my} {bag} [and|,] [nobody can tell me where it is|now I have no clothes|no one answers the baggage line|it has been {long}]
  where is {my} {bag} {co}? [it's been|it has been] {long}
  {my} {goods} [still has not|still hasn't|never|hasn't|did not] [arrived|arrive|shipped|come|shown up|turn up] {co}
  [ordered|paid for] {my} {goods} {long} ago and [nothing|still nothing|no sign of it|no tracking|no word from {co}]
  {co} [charged|billed] {us} [twice|{money} too much|for something I returned|after I cancelled|{money} for nothing|an extra {money}]
  {co} [can you|could you|please] [explain|tell me] why [I was charged|I got billed|you took|my bill is up by] {money}
  [need|want|where is|still waiting for] my refund {co} [it's been {long}|you promised it {day}|this is getting silly|]
  {my} {thing} [won't|doesn't|will not|refuses to|does not|can't|couldn't|never wants to] {work} [since the update|anymore|again|at all|after {long}] {co}
  {my} {thing} [keeps|kept] [freezing|crashing|restarting|overheating|dying|dropping|logging me out|disconnecting|glitching|lagging|buffering] [since the update|{times}|{day}|] {co}
  {my} {thing} [died|broke|cracked|stopped working|bricked itself|froze|quit on me] [after|within] {long} [thanks {co}|{co}|]
  the {staff} at {co} [was|were|are] {bad}
  {co} your [customer service|app|website|support|flight|food|network|delivery service|policy|wifi|chat|phone system] is {bad}
  {co} [the {person}|your {person}|some {person}] [hung up on|lied to|shouted at|ignored|was so rude to|laughed at|walked away from] {us}
  [spoke to|talked to|called] [four|5|three|six] [different|] {staff} [and|,] [got as many answers|nobody could help|all told me something else|none had a clue] {co}
  [the {person}|your {person}|engineer|driver] [never|did not|didn't|failed to] [show up|turn up|come|call back|ring the bell|knock] {day} [{co}|for the {nth} time {co}]
  {nth} [time|visit|appointment|call|email|complaint|attempt] [and|,] [still not fixed|still no answer|still nothing|no one came|same problem] {co}
  {co} [no|still no|zero] [reply|response|answer|update|call back|apology|help|solution] [after|in|for] {long}
  [can't|cannot|unable to|couldn't|impossible to] [check in|log in|reach anyone|get through|rebook|book|pay my bill|change my seat|speak to a human|access my account|cancel] [on the {thing}|online|by phone|] {co}
  {co} [I was told|you told me|they said|your {person} said] [it would be fixed|I'd get a call|it'd ship|someone would come|you'd refund me] {day} [and it wasn't|. it did not happen|. nothing|. Still waiting]
  [I'm|we are|so] [done with|leaving|finished with|over|fed up with|switching from|tired of|sick of] {co} [after {long}|, {bad}|, you can keep your {thing}|]
  [never|last time I am ever|won't be] [flying|using|buying from|ordering from|trusting|going to] {co} [again|]
  [paying|pay|paid] {money} [a month|] [for|and get] [a {net} that does not work|this|half the channels|no {net}|nothing|a seat that does not recline] {co}
  {co} [sent|gave|delivered] [me|us] the wrong {goods} [and|,] [wants {us} to pay for the return|now won't answer|refuses to swap it|twice]
  {my} {goods} [arrived|came|showed up] [broken|damaged|late|open|empty|{long} late|smashed|without half the parts] {co}
  {co} [overbooked|oversold] {my} {trip} [and gave away our seats|and now we wait {long}|, nobody volunteers|]
  [hey|hi|hello|dear|] {co} [I need help|help|please help] [, my {trip} was cancelled|. Locked out of my account|, {my} {net} is down|, my {bag} never came|, nobody answers the phone]
  [sat|sitting|stuck|waiting] on the [plane|tarmac|runway|bus|platform] [for|] {long} [with no air|with no information|and counting|without water] {co}
  [how|why] [do you|can you|does {co}] [lose|cancel|delay|break|mess up] [a|the|every] [{bag}|{trip}|{goods}|{thing}] [{times}|like this|and not say sorry]?
  is {co} [ever going to|going to] [fix|sort|answer|refund|replace|repair] [my {thing}|my {net}|this|me|it]?
  {co} [is there anyone|anybody|anyone] [working|home|awake|actually there|reading these] ?
  [the new|this] {co} [update|version|os|release|design] [broke|ruined|killed|slowed down|messed up] {my} {thing}
  the {thing} [from {co}|] is [too|so|way too] [expensive|slow|heavy|hot|buggy|fragile|overpriced|complicated]
  {co} [policy|rules] [means|mean] I [lose|pay|forfeit] {money} [because|when] you [changed my {trip}|cancelled|made a mistake|lost my {bag}]
  [another|yet another] [delay|outage|price rise|cancellation|failed delivery|broken promise|hour on hold] [from|with|by] {co}
  [down|offline|out|no {net}] again in {city} {co}
  [disappointed|frustrated|annoyed|upset|angry|livid|furious|unhappy] [with|at] {co} [right now|{day}|: {my} {trip} is late, no one tells us why|]
  [my mum|my nan|my disabled neighbour|an elderly customer] [has had|has|with] no [phone|{net}|heating] for {long} {co} [, please act|, she is alone|]
  {co} [do you plan to|will you ever|are you going to] [reply|answer my dm|read my emails|call back|do anything]?
  you [had one job|said {day}|promised|told {us} it was fixed] {co}
  [great|wow|thanks|nice one|good job|well done|brilliant|lovely|cheers] {co} [, now I get to|for letting me] [spend the night at the airport|wait another {long}|miss the wedding|explain it for the {nth} time]
  [love|really enjoy|so much fun] [being on hold|waiting {long}|paying for a {net} that's down|being ignored|sleeping in the terminal] {co} [#fail|#not|thanks|]
`;

const NEUTRAL = `
  {co} [what time|when|until when] [do you|does the shop in {city}] [open|close] {day}?
  [hi|hello|hey|] {co} [do you|does {co}] [ship to|deliver to|fly to|have a store in|sell gift cards in] {city}?
  {co} [how do I|how can I|where do I|is it possible to] [change my seat|add a bag|update my address|use my points|get a receipt|set up a new {thing}|register|book for a group|transfer my number]?
  {co} [can I|may I|am I allowed to] [bring a guitar|take a stroller|pay by card|use my old {thing}|check in now|collect {day}|keep my number]?
  {co} [what is|what's] the [difference between the two plans|baggage allowance|price of the {thing}|student discount|size of the box|wifi code|gate for {city}]?
  [anyone|does anybody|anybody] [know|using|tried|got] [how good|] the new {co} {thing} [is|yet]?
  [looking for|need|want] a [new|used|second hand] {thing} , [any tips|{co} or the other one|which one]?
  [on|boarding|about to board|just boarded] my {co} {trip} to {city}
  [flying|going|travelling|off] to {city} with {co} {day}
  {co} [is|are] [opening|launching|showing|testing|adding|starting] [a new store|a {thing}|flights|fibre|a lab|a pop-up shop|a service] in {city} {day}
  {co} [announces|launches|unveils|presents|updates|opens] [new {thing}|plan for {city}|route to {city}|quarterly results|{thing} for business] {day}
  {co} [shares|stock] [up|down|flat|closed at 41|rose|fell] {day}
  {co} [is hiring|seeks|is looking for|wants] [a|an] [complaints manager|fault engineer|crisis officer|claims adviser|call handler|loss analyst|network engineer|repair technician|debt collector] in {city}
  [job|vacancy|now hiring|hiring|careers] : [fraud analyst|outage manager|angry customer desk|emergency planner|returns clerk|repair engineer|risk officer] , {co} , {city} [apply now|full time|#jobs|http://t.co/x]
  [police|firefighters|a court|the council|union] [investigate|report|close|discuss] [theft|a crash|a fire|a dispute|a strike|an accident] [near|next to|outside] {co} [store|office|building] in {city}
  [storm|flood|snow|heatwave|strike] [hits|closes|in] {city} , {co} [sends crews|changes timetable|opens hall|gives update at noon]
  [report|study|survey|news] : [fewer|more|one in three] [people|customers|teens] [use|buy|rent] a {thing} http://t.co/x
  [reading|watching|listening to] ["the worst journey"|"broken"|"no signal"|"angry planet"|"the waiting room"|"bad day"] [on my {thing}|on the {trip}|with {co}]
  [he said|she said|quote of the day :|the sign says|the song goes] ["never again"|"this is a disaster"|"I hate waiting"|"nobody answers"|"what a mess"|"the worst is over"] [at the {co} talk|in the {co} film|on {co} radio|]
  {co} I [sent|have sent|just sent] [you|] [a dm|the form|an email|the photos|my details] [as asked|{day}|]
  {co} [yes|ok|sure|no] , [it was the blue one|the order number is 4711|from {city} to {city}|the {nth} of May|that's correct|I'll check {day}]
  [my|our] [contract|plan|subscription] with {co} [runs until May|ends {day}|is the small one|is 24 months]
  [picking up|collecting|unpacking|setting up|charging|buying] [my|a|the] {thing} {day} [at {co}|from {co}|]
  {co} [panel|keynote|talk|stand|party|meetup|line] [at|in] [hall 4|the main stage|{city}|the festival] [starts at ten|{day}|is open now]
  [anyone|who is] [going|heading] to the {co} [launch|event|party|keynote|store] {day}?
  [line|queue|crowd] [around the block|outside] for the {co} [store|launch|{thing}] in {city}
  [comparing|choosing between] {co} and [the other one|{co}] [for my {thing}|for {net}|]
  [photo|video|map|list|review|guide] : {co} [in {city}|{thing}|store|route map] http://t.co/x [via {co}|]
  [got|have] [an email|a letter|a text] from {co} about [my {trip}|the new plan|{day}|points]
  {co} [will there be|is there|are there] [wifi on the {trip}|a {trip} to {city} {day}|parking|vegan food|a later {trip}|an app for android]?
  {co} [from|to] {city} [flight 212|gate B7|lands at six|leaves {day}|runway 2]
  [rt|via] {co} : [win|enter to win|get] [a {thing}|tickets|a trip to {city}] http://t.co/x
  [picking up|collecting|sending|posting|wrapping|tracking] [my|a|the] {goods} [from|at|with] {co} {day}
  [my|the|our] {goods} [comes|arrives|is due|ships|should be here] {day} [says {co}|with {co}|]
  [packing|checked in|carrying|bought] [my|a new] {bag} for the {trip} to {city}
  [which|what] {net} [do you use|would you get|is in your street|is best for a flat] , {co} or the other one?
  [my|our] {net} [is with|comes from|is from|moves to] {co} [since May|{day}|]
  {co} {net} [is fine|is ok|does what it should|works|comes to {city} {day}|plans compared|is available here now]
  [an|the] {person} from {co} [is coming|comes|visits|will be here] {day}
  the {staff} at {co} [wear green|are at hall 4|start at six|speak Spanish|told {us} the gate]
  [waiting|in the queue] [for|at] [the {co} store to open|boarding|my coffee at {co}|the {co} keynote|the {trip} to {city}]
  [paid|paying|pay] {money} for [my|the|a] {thing} [at {co}|from {co}|]
  {co} [refund|delivery|return|upgrade|cancellation] [policy|form|desk|page] : where [is it|do I find it]?
  [switched on|testing|trying] the {co} {thing} [today|for a week|, notes to follow]
`;

const POSITIVE = `
  [thank you|thanks|big thanks|many thanks|thx|cheers] {co} [for the quick reply|for the help|for sorting it out|, all fixed|, that worked|for the refund|for getting {us} home|for finding my {bag}|!]
  {co} [{staff}|your {person}|the {person}] [was|were] {good}
  {co} your [customer service|crew|team|support|{person}] [in {city}|{day}|] [was|is] {good}
  [love|loving|really like|so happy with|very pleased with|impressed by|enjoying|obsessed with] [my|the|this] [new|] {co} {thing}
  [best|smoothest|nicest|great|easiest] [flight|service|delivery|support call|purchase|trip] [ever|in years|today|] [with|from|by] {co}
  [shout out|kudos|props|hats off|well done|big up] to [{co}|the {person} at {co}] [for going the extra mile|for staying calm|, {good}|]
  {my} {net} [is|is now] [back|so fast|faster than ever|flying|rock solid] [thanks {co}|{co} you rock|]
  [ordered|bought] {day} [, here already|and it arrived early|, so fast] , [impressed|well done|thank you] {co}
  {co} [got my {bag} back|fixed my {thing}|replaced my {thing}|refunded {us}|upgraded {us}|rebooked {us}] [in no time|within the hour|without fuss|so quickly] [!|, thank you|]
  [never had a problem|no complaints|no issues|zero trouble|not a single fault] with {co} [in ten years|so far|, would recommend|, happy customer]
  [not bad|not bad at all|can't complain|could not be happier|couldn't ask for more] {co} [, the {thing} is {good}|, {trip} on time|]
  [can't wait|so excited|counting the days|looking forward] [for|to] [the new {co} {thing}|my {co} {trip} to {city}|the {co} launch]
  {co} is [{good}|my favourite|the only one I trust|winning|genius|killing it] [!|right now|at the festival|]
  the [free coffee|app|legroom|design|screen|battery|camera|store|party|food] [at|of|from] {co} is {good}
  [highly|would|definitely] recommend {co} [to anyone|, {good}|]
  [yay|woohoo|finally|wow|yes] [my {co} {thing} is here|{co} gave {us} an upgrade|on time with {co}|free wifi on {co}] [!|:)|]
  [on time|early] [departure|landing|delivery] [and|with] [friendly crew|smiles|great food|a free upgrade] [, thanks|] {co}
  {my} {net} [with|from] {co} is {good}
  {my} {goods} [arrived|came|is here|was delivered] [early|on time|today|in one piece|beautifully wrapped] [, thanks {co}|, {good}|!]
  [agent|engineer|driver|{person}] [from {co}|] [came early|was {good}|fixed it at once|explained everything|stayed late to help]
  {my} {bag} [was first off the belt|arrived safely|is back] [, thanks|, well done] {co}
  {co} {trip} [was|left] [on time|smooth|{good}|early] [again|, thank you|]
  {co} [thank you so much|you guys are great|you are awesome|made my day|what a team|you rock]
`;

const ENDINGS: Readonly<Record<string, string>> = {
  negative:
    '|||!|!!|???|:(|#fail|#customerservice|smh|please help|any help?|come on|seriously?|not ok|wtf|this is {bad}|. {bad}.|😡|🙄|so frustrating|what is going on|please fix|ugh',
  neutral: '||||?|.|thanks|http://t.co/x|#travel|:)|cc {co}|please|today',
  positive: '||!|!!|:)|:D|<3|#happy|❤|👍|thank you|#win|so happy',
};
const OPENINGS =
  '||||||so|well|ok|hey|@someone|right,|just to say:|{day}:|honestly|update:|hi {co}';

/** Rows of each label that are made up. */
const AMOUNT = { negative: 3500, neutral: 3500, positive: 2000 } as const;

/** Made-up rows for the source at `source`; the same ones each time. */
export function madeUpRows(source: number): Row[] {
  const random = generator(2024);
  const patterns = { negative: NEGATIVE, neutral: NEUTRAL, positive: POSITIVE };
  return LABELS.flatMap((label, index) => {
    const lines = patterns[label].trim().split('\n');
    return Array.from({ length: AMOUNT[label] }, (_, i): Row => {
      const line = lines[Math.floor(random() * lines.length)]!;
      const whole = `[${OPENINGS}] ${line} [${ENDINGS[label]}]`;
      const text = roughen(fill(whole, random), random);
      return { id: `made-up:${label}-${i}`, text, label: index, source, dev: false };
    });
  });
}

const SYLLABLES =
  'zor|vex|plin|ta|mer|kul|ba|dron|fi|lax|qui|sto|ven|ryd|ko|nal|tu|gri|mo|pel'.split('|');

/** A name or handle that nobody has, a new one each time: no company must look bad by its name. */
function madeUpName(random: () => number): string {
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)]!;
  const name = pick(SYLLABLES) + pick(SYLLABLES) + pick(SYLLABLES);
  const kind = random();
  if (kind < 0.55) return `@${name}${pick(['', '', 'help', 'cares', 'air'])}`;
  return kind < 0.8 ? name : name[0]!.toUpperCase() + name.slice(1);
}

function fill(pattern: string, random: () => number): string {
  const pick = (choices: string) => {
    const all = choices.split('|');
    return all[Math.floor(random() * all.length)]!;
  };
  let text = pattern;
  for (let round = 0; round < 4; round++) {
    text = text
      .replace(/\[([^[\]]*)\]/g, (_, choices: string) => pick(choices))
      .replace(/\{(\w+)\}/g, (_, slot: string) =>
        slot === 'co' ? madeUpName(random) : pick(SLOTS[slot]!),
      );
  }
  return text.replace(/\s+/g, ' ').trim();
}

/** Writes a text as people do: mostly in small letters, often without apostrophes, now and then loud. */
function roughen(text: string, random: () => number): string {
  const roll = random();
  let rough =
    roll < 0.5 ? text : roll < 0.55 ? text.toUpperCase() : text[0]!.toUpperCase() + text.slice(1);
  if (random() < 0.3) rough = rough.replace(/'/g, '');
  if (random() < 0.4) rough = `@someone ${rough}`;
  return rough;
}
