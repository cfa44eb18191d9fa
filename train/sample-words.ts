/**
 * What the patterns of the made-up posts are filled with: `{name}` stands for one of these, which
 * may hold patterns themselves.
 */
export const SLOTS: Readonly<Record<string, string>> = {
  us: 'me|us|me|my wife and me|my team|my parents',
  my: 'my|our|my|the|my',
  long: 'an hour|two hours|3 hours|45 minutes|90 mins|over an hour|two days|three days|5 days|a week|two weeks|3 weeks|a month|2 months|ages|forever|hours|days|weeks|4 hrs|half a day|nearly an hour|10 days|six weeks|since March',
  times:
    'twice|three times|4 times|five times|six times|again and again|every day|every single day|all week|every night|daily|constantly|for the second time|every ten minutes',
  nth: 'second|third|fourth|fifth|3rd|4th|2nd|10th|umpteenth|sixth',
  net: 'internet|wifi|broadband|connection|signal|line|service|4g|data|phone line|landline|network|fibre|reception|hotspot|dsl',
  thing:
    'router|phone|laptop|tablet|tv|app|website|site|account|watch|headset|printer|modem|card|camera|charger|box|console|screen|keyboard|speaker|game|earbuds|fridge|oven|scooter|bike|calendar|maps|player|browser|photo app|music app|battery|doorbell|thermostat|meter',
  goods:
    'order|parcel|package|delivery|refund|replacement|shoes|tickets|voucher|shirt|sofa|groceries|present|book|washing machine|mattress|glasses|bike part|sandwich|pizza|prescription|passport|sim card|gift card|coat|lamp',
  bag: 'bag|bags|suitcase|luggage|baggage|stroller|golf clubs|rucksack|guitar|wheelchair|car seat',
  trip: 'flight|train|connection|connecting flight|trip|bus|coach|ferry|red-eye|tram|night train|shuttle|ride|cab',
  city: 'Denver|Dallas|Boston|London|Leeds|Chicago|Paris|Oslo|Phoenix|Austin|Newark|Miami|Dublin|Madrid|Cardiff|Seattle|Toronto|Berlin|Glasgow|Lisbon|Houston|Bristol',
  person:
    'agent|rep|engineer|technician|driver|manager|supervisor|adviser|flight attendant|clerk|crew member|staff member|person|cashier|courier|pilot|receptionist|guy on the phone|lady at the desk|bot',
  staff:
    'agents|reps|staff|engineers|drivers|crew|people|advisers|customer service|support|the help desk|couriers|ground staff|your people|the gate team',
  work: 'work|load|connect|open|charge|turn on|start|sync|update|log in|install|play|ring|respond|save|print|send|pair|scan|refresh',
  bad: 'awful|terrible|rude|useless|clueless|unhelpful|horrible|a joke|ridiculous|pathetic|disgraceful|shocking|the worst|unacceptable|poor|appalling|dreadful|painful|garbage|beyond a joke|incompetent|slow|a mess|not good enough|so bad|a nightmare|overpriced|broken|a disappointment|hopeless|lazy|confusing|a scam|annoying',
  good: 'great|amazing|fantastic|wonderful|excellent|awesome|brilliant|superb|lovely|so helpful|friendly|top notch|outstanding|perfect|the best|very kind|spot on|a delight|so smooth|first class|incredible|gorgeous|beautiful|super quick|a lifesaver|really nice|pretty cool|so good',
  day: 'today|tonight|this morning|yesterday|on Monday|tomorrow|on Saturday|this week|next week|this evening|at noon|last night|in May|this weekend|right now',
  money: '$50|$200|£30|£12.99|€80|$25|$400|£500|90 dollars|$9.99|£7|40 quid|$1,200',
  event:
    'festival|conference|launch|keynote|panel|expo|trade fair|summit|meetup|hackathon|tour|pop-up|book fair|games week',
  gadget:
    'phone|tablet|watch|laptop|headset|camera|console|e-reader|smart speaker|car|drone|app|browser|map app|search|photo app|operating system',
  sad: 'down|dead|out|off|gone|unusable|slow as anything|dropping|patchy|cutting out|nonexistent|crawling|unstable',
  harm: 'complaints|faults|fraud|losses|accidents|crashes|damage|debts|crises|emergencies|outages|disputes|claims|injuries|returns|thefts|failures|risk',
  disaster:
    'a fire|a crash|a robbery|a flood|a strike|a shooting|an explosion|a gas leak|a protest|a storm|a burglary|an earthquake|a power cut|a bomb scare|a stabbing|an assault|a data leak',
  gloom:
    'the worst journey|broken|no signal|angry planet|the waiting room|bad day|hate mail|lost and damned|the big failure|nobody cares|never again|ugly truth|sick of it all|dead line|hell on wheels|a terrible beauty|cold fury|the liar|trash|war of the wires|disaster season|rude awakening|poor man|the fraud',
  says: 'this is a disaster|I hate waiting|nobody answers|what a mess|the worst is over|never again|you ruined everything|it is broken|that was awful|we failed|you are fired|I am so angry|nothing works|the end is near|stupid is as stupid does|I quit|who broke it',
  job: '{harm} manager|{harm} adviser|{harm} analyst|{harm} clerk|fault engineer|crisis officer|call handler|network engineer|repair technician|debt collector|angry customer desk lead|emergency planner|risk officer|fraud analyst|outage manager|warehouse operative|night shift driver|store manager|support agent|developer|nurse|accountant|waiter|intern|lead designer|pest controller|bad debt clerk|damaged goods clerk|loss adjuster|pain nurse|demolition worker|dispute lawyer',
  whine:
    'rubbish|nonsense|so annoying|not ok|not fair|not acceptable|beyond me|a shame|so frustrating|driving me mad|getting old|silly|a disgrace',
};
