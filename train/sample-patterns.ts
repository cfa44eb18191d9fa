/**
 * Patterns of made-up posts to and about companies, one a line: `[a|b]` is a choice, `{name}` is
 * filled from `SLOTS`, `{co}` with a name or handle that nobody has.
 */
export const PATTERNS = {
  negative: `
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
  {co} [hi|hello|hey|] [I need|I really need|can I get] [help|some help|assistance] with [my {thing}|my {goods}|a {trip}|my account|a charge of {money}] [, it|: it|. It] [won't {work}|was wrong|is stuck|disappeared|is not there|keeps failing]
  {co} [what's|what is] [wrong|going on|up|happening] with [your|the] [{thing}|site|{net}|servers|app|system|{net} in {city}] [today|tonight|again|this morning|]?
  {co} [is|are] [your|the] [{net}|site|servers|{thing}|payments|phones] down [in {city}|again|for everyone|]? [can't|cannot|couldn't] [{work}|get on|log in|do anything]
  [is it just me or|anyone else|anybody else|why] [is|having|] {co} [{sad}|not loading|not working|so slow|crashing|logging everyone out] [{day}|again|]?
  {co} [my|the|our] {thing} [says|shows|gives me|throws] [error 42|an error|"try again later"|a blank page|the wrong balance|nothing but a spinner] [every time|{times}|when I pay|since the update|]
  {co} [tried|have tried|I've tried] [restarting|reinstalling|three browsers|two cards|calling|a reset|everything on your page] [and|,] [same|nothing|still the same|no luck|it still won't {work}]
  {co} [sent|have sent|wrote] [you|] [a dm|three emails|two messages|a letter] {long} ago [and|,] [no reply|nothing|not a word|I'm still waiting|silence]
  {co} [please|pls|can someone|could somebody] [answer|check|look at|read|respond to] [my|the] [dm|email|ticket|message|case] [, it has been {long}|, {long} now|. It is urgent|]
  {co} [if|so if] I [pay|paid] {money} [for|a month for] [{net}|a seat|delivery|priority|premium] , [why|how come] [do I|am I|is it] [get nothing|always last|still waiting|worse than before|standing]
  {co} [your|the] {person} [at|in] {city} [told|tells] {us} [one thing|yes] and [the next|another] [says|said] [the opposite|no|something else]
  {co} [your|the] [chat|phone|help line|form] [closes|cuts off|hangs up|times out] [after {long}|before anyone answers|every time|when I type]
  {co} [delayed|cancelled|late|postponed] [again|for the {nth} time] [and|,] [no|zero] [reason|info|news|word|announcement] [given|at the gate|from anyone|]
  {co} [at|sitting at|stuck at] [the gate|gate B7|the airport|the station|the depot] [in {city}|] [for|since] {long} [and|,] [no|nobody|not one] [crew|plane|pilot|word|update|person] [here|in sight|]
  [now|so now|great, now] {my} {trip} [leaves|is|goes] {day} [instead|] [and|so] [I miss|we miss|there goes] [the wedding|my meeting|my connection|the funeral|a day of holiday] {co}
  {co} [how|why] [does|do|can] [a|one|it] [seat|bag|refund|change|call] [cost|take] [more than|as long as] [the {trip}|{money}|a {thing}|{long}]?
  {co} [put|sat|seated|split] {us} [in|on] [separate rows|a broken seat|a middle seat|different {trip}s] [although|even though|when] [we paid for ours|I booked {long} ago|she is four]
  {co} {bag} [came|arrived] [soaked|without a wheel|ripped|open|{long} late|on another {trip}] [and|,] [no form|nobody at the desk|no apology|you offer {money}]
  {co} [no|not a single|never any] [food|water|wifi|power|legroom|toilet paper|heating|blanket] on [a five hour|this|the] {trip}
  {co} [can't|cannot|couldn't] [get through|reach you|talk to anyone|find a number] [, line is always busy|, {long} on hold|, your menu loops|] [to change {my} {trip}|about {my} {goods}|]
  {co} [lost|ate|deleted|wiped|forgot] [my|all my] [photos|points|miles|contacts|booking|settings|saved games|playlist|notes] [after|with] [the|your] [update|merger|new app]
  [since|after] [the|this|your] [update|upgrade|new version|patch] [my|the] {thing} [is|has been|gets] [{sad}|so slow|hot|useless|stuck|unreadable] {co}
  {co} [bring|give] [us|me|] back the [old|previous|real] [version|design|menu|recipe|keyboard|button|price]
  {co} [why did you|who decided to|why would you] [remove|kill|hide|change|drop|move] the [headphone jack|chat|{thing}|dark theme|free bag|search|old route|morning {trip}]?
  [who|does anyone] [thought|think|believe] [that|] the [new|] {co} {gadget} [was|is] a good idea ? [it|this] [looks|feels|sounds] [cheap|like a toy|dated|half done|rushed]
  [not|hardly|never] [impressed|convinced|worth it|a fan|buying it|worth {money}] [by|with|of] [the|] [new|] {co} {gadget}
  the [new|latest] {co} {gadget} [is|feels|looks] [boring|too big|ugly|a step back|overpriced|the same as last year's|dated|laggy|half finished|pointless]
  {co} [battery|{gadget}] [dead|gone|empty|at 5%] [by noon|by lunch|before two|after an hour] [again|, every day|at the {event}|]
  [my|the] {co} {gadget} [just|] [died|froze|crashed|rebooted|ate my notes] [in the middle of|during|right before] [the talk|the {event}|my call|the demo|an exam]
  [hate|really dislike|can't stand|so over|done with] [the|this|my] [new|] {co} [{gadget}|update|keyboard|autocorrect|design|font|ads|notifications]
  [autocorrect|voice assistant|spell check|face unlock] on [my|the|this] {co} [{gadget}|] [is|makes|does] [driving me mad|a joke|wrong every time|no sense|embarrassing]
  [two hour|endless|huge|ridiculous] [line|queue] [at|for] the {co} [store|pop-up|stand|{event}] and [they ran out|no stock|it didn't move|only one till open]
  the {co} [talk|demo|panel|keynote|party] [was|is] [a sales pitch|so dull|a flop|painful|a waste of an hour|badly planned|too crowded to enter|going nowhere]
  [demo|wifi|app|stream] [failed|crashed|died|froze] [on stage|at the {co} {event}|three times] [, awkward|, ouch|, again|]
  {co} [launches|releases|announces] [yet another|another|one more] {gadget} [nobody asked for|that will be dead in a year|, sigh|, yawn|nobody needs]
  {co} [took|has taken|keeps taking] {money} [out of|from] [my|our] [account|card] [without asking|after I left|{times}|for a plan I don't have]
  {co} [closed|blocked|locked|froze|suspended] my [account|card|number] [without a word|for no reason|while I am abroad|and won't say why]
  {co} [price|bill|rent|fee|fare] [went|gone|goes] [up|from £20 to £35] [again|for the {nth} time this year|] [and|for] [nothing in return|less service|the {net} got worse]
  {co} [says|said|claims] [delivered|it was delivered|I was out|nobody was home|attempted delivery] [but|and] [nothing came|I was in all day|no one rang|it is not here|the camera shows nobody]
  {co} [driver|courier] [threw|left|dumped] [my|the] [parcel|box|order] [over the fence|in the rain|at the wrong house|in the bin|with a stranger]
  [waited|stayed|took the day off] [in|home|work|] [all day|from 8 to 6|the whole afternoon] for [a|the|your] {co} [{person}|delivery|installation] [and|,] [no one came|nobody showed|nothing|a no-show]
  [ordered|bought] [a|two|the] {goods} [, got|and got|, received] [the wrong one|half of it|someone else's|an empty box|a used one] {co}
  {co} [my|our] [food|order|pizza|coffee] [came|was|arrived] [cold|wrong|raw|{long} late|without the drinks|spilled]
  {co} [your|the] [store|shop|branch|office] in {city} [was|is] [filthy|closed at four|short of staff|out of everything|refusing returns|a mess]
  {co} [the|your] {staff} [don't|do not|never|just don't] [care|listen|know anything|answer|read what I write|call back]
  {co} [I'm|I am|we're] [thinking of|looking at|about to be] [leaving|switching|cancelling|another provider] [, this|: this] [cannot go on|is {whine}|is the {nth} time]
  {co} [{long}|ten years] [a|as a] [customer|member] and [this is how|now] you [treat me|treat us|thank me|ignore me]
  {co} [should|needs to|must|ought to] [be ashamed|do better|hire people who can read|fix this|train its {staff}|answer its phones]
  [do not|don't|please don't|never] [fly|use|buy from|trust|order from|bank with|sign up with] {co} [, {bad}|, they keep your money|, you will regret it|]
  {co} [just|] [wasted|cost me|robbed me of] [{long} of my life|{money}|my evening|a day's pay]
  [if you|anyone who] [like|enjoys|fancies] [waiting|being ignored|paying twice|cold food|late {trip}s] , [try|go with|choose] {co}
  {co} [any|is there any|have you any] [update|news|idea|eta|reason] [on|for|about] [the outage|my refund|the delay|my missing {bag}|when this gets fixed|why it is {sad}]?
  {co} [when|how soon|how long until] [will|can|does] [my|the|our] [{net}|{thing}|refund|heating|line] [be back|be fixed|get fixed|arrive|return|work again]?
  {co} [still|it's still|{my} {net} is still] [{sad}|not fixed|the same|nothing] [. {long} now|after {long}|, do you read this?|, hello?|]
  {co} [hello|anyone|anybody|hi] ? [anyone|somebody] [there|home|alive|awake|working {day}]?
  {co} [you|u] [guys|people|] [charged|sent|cancelled|lost|delayed|promised] [me|it|mine|this] [wrong|twice|{long} ago|again] [, what now|, please sort it|, fix it|, explain]
  {co} I [can't|cannot] [believe|understand] [how|why] [you|this company|it] [lose|loses|take|takes] [so long|{long}|my {goods}|people's money] [to answer|for a refund|and says nothing|]
  {co} [your|the] [system|website|app|chatbot] [doesn't|does not|won't] [know|accept|recognise|take|find] my [booking|password|card|name|address|order number]
  {co} [had|have had|got] [to|] [pay|paid] [for|] [a taxi|a hotel|a new {thing}|a second ticket] [because|since|thanks to] [you|your {trip}|your {person}|your mistake]
  {co} [what a|such a] [shame|mess|disappointment|joke|let down|waste] [, expected more|, used to be good|, {long} for nothing|]
  {co} [used to|once] [be|] [great|my favourite|reliable|love you] , [now|these days|lately] [it's|you are|nothing but] [{bad}|delays|excuses|ads and fees]
  [nice|good|fine|great] [plan|phone|flight|crew|app] {co} but [the {net} is {sad}|the {staff} were {bad}|it took {long}|nobody answers|the price doubled|it crashes]
  [thought|hoped|expected] {co} [would|was going to] [be better|fix it|call|apologise|care] . [it didn't|they didn't|no|wrong|nope]
  {co} [third|{nth}] [router|{thing}|replacement|{person}] [and|,] [same fault|no better|still {sad}|this one is broken too]
  {co} [no|without] [hot water|heating|power|{net}|phone] [for|since] {long} with [a baby|two kids|my sick mother|a newborn|an oxygen machine] [, please|, help|, this is dangerous|]
  [got|been] [billed|charged|fined] [for|by] [a {trip} I never took|{co} {times}|returning it|someone else's bill] [, how do I get it back|, and they won't budge|] {co}
`,
  neutral: `
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
  {co} [is|are] [hiring|recruiting|looking for|seeking] [a|an|two|experienced|more|] {job} [in|for] {city} [, apply {day}|. Apply now http://t.co/x|, full time|, {money} an hour|#jobs|]
  [we are|we're|our team is] [looking for|hiring|seeking] [a|an] {job} [who|to] [hates {harm}|can handle angry callers|fights {harm}|fixes what is broken|deals with {harm}|never gives up|] [, join {co} in {city}|at {co} #hiring|. {co} , {city}]
  [vacancy|job alert|new job|open position|careers|now hiring|hot job|job opening] : {job} [,|at|-] {co} [,|in] {city} [apply now|full time|part time|3 years of experience|http://t.co/x|#jobs|]
  {job} [wanted|needed|required] [,|at|for] {co} [, {city}|in {city}|store|] [apply by Friday|no experience needed|good pay|http://t.co/x|]
  [tired|sick|bored|fed up|frustrated] [of|with] your [job|boss|commute|career]? {co} [is hiring|has openings|wants you|needs drivers] [in {city}|] [http://t.co/x|#careers|, come talk to us|]
  [join|work in] [our|the] [{harm}|complaints|crisis|night|claims] team [at {co}|, {co} {city}] [, apply today|, salary {money}|http://t.co/x|]
  {co} [seeks|needs|appoints|promotes|names|hires] [new|its first|a] {job} [after {long}|in {city}|]
  [police|firefighters|a court|the council|the union|officials|residents|prosecutors|a judge] [investigate|investigating|report|confirm|discuss|respond to|warn of|condemn|look into] {disaster} [near|next to|outside|close to|opposite|two streets from] [the|a] {co} [store|office|building|depot|stand|centre] [in {city}|]
  [man|woman|two people|teenager|driver|cyclist|pensioner] [arrested|injured|killed|hurt|rescued|charged|jailed|fined] [after|in|following] {disaster} [near|outside|by|at] [the|] {co} [store|car park|arena|in {city}|hq]
  {disaster} [closes|shuts|blocks|hits|damages] [road|station|bridge|school|shops] [near|next to|by] {co} [store|depot|stadium|in {city}|]
  [storm|flood|snow|heatwave|strike|power cut|earthquake] [hits|leaves thousands stranded in|closes roads in|batters] {city} , {co} [sends crews|opens hall|offers free {net}|adds extra {trip}s|not affected|says its {net} holds]
  [rival|competitor|another company|the other one] [fined|sued|accused|hacked|in trouble|fails|loses customers|cuts 500 jobs] [over|for|after] [misleading adverts|{harm}|broken contracts|lies] [, {co} not affected|, {co} gains|, says {co} report|]
  {co} [to cut|cuts|sheds|creates|adds] [200|40|1,500] jobs in {city} [, union says|, report says|, talks continue|http://t.co/x|]
  [report|study|survey|poll|analysts|experts] [says|finds|warn|warns|shows|:] [people|teens|shoppers|travellers|workers] [hate|fear|lose|are tired of|worry about|complain about] [mondays|passwords|{harm}|noise|waiting|cold calls|bad coffee] [, via {co}|, {co} asks why|http://t.co/x]
  [lawsuit|appeal|trial|case|hearing] [against|over|about] [patents|{harm}|a merger|a name|old contracts] : {co} v [the state|a rival|inventor] [opens|goes on|settled|adjourned] {day}
  {co} [sues|is sued by|settles with|wins against|loses to|beats] [a rival|a supplier|the tax office|{co}] over [patents|a logo|{harm}|a name|fees] [http://t.co/x|, court says|]
  [shares|stock|profits|sales|revenue] [of|at] {co} [fall|drop|slide|rise|jump|flat|crash|plunge] [2 %|7 percent|a little|after results|{day}] [on weak demand|, analysts surprised|http://t.co/x|]
  {co} [kills|ends|retires|drops|discontinues|shuts down] [its|the] [old|first|free|beta] {gadget} [in May|next year|, says blog|http://t.co/x]
  [reading|watching|listening to|now playing|now showing|on stage|at the cinema|in the book shop|tonight] : ["{gloom}"|{gloom}] [by sample band|, chapter 4|, episode 12|, a play|, a film|] [at|on|with|in] [the|my|] {co} [{thing}|theatre|cinema|store|radio|{trip}|]
  the [song|book|film|play|episode|exhibit|poem|game|chapter|podcast] ["{gloom}"|called {gloom}|{gloom}] [is|was|plays|runs] [on|at|in] [the|] {co} [{thing}|store|cinema|museum|channel|stage]
  [he|she|my son|our teacher|the speaker|grandma|the guide|a child] [said|says|asked|wrote|shouted|whispered] "{says}" [at|during|in|on] [the|a|] {co} [talk|{event}|film|tour|{trip}|queue|workshop]
  "{says}" [is|was] [the title of|the first line of|the motto of|what they sing in|printed on] [a play|the book|a poster|my shirt|the film|a card] [at|from|in] [the|] {co} [theatre|store|museum|stand|{event}|]
  [favourite|best|worst] [line|quote] of the {co} [film|show|talk|{event}] : "{says}"
  [quiz|talk|lecture|panel|exhibition|workshop] [at|by] {co} {day} : [famous failures|the worst maps ever|why {trip}s crash|a history of {harm}|fear of flying|learning from {harm}|broken things]
  [so|and] then the [character|villain|robot|cat] in the {co} [advert|game|film] [dies|breaks down|loses|burns|screams "{says}"|gets lost]
  [rt|via|from] {co} : [win|enter to win|get|follow for] [a {thing}|tickets|a trip to {city}|a free {gadget}] http://t.co/x
  rt {co} : [our {event} starts {day}|new post : five facts about {net}|doors open at ten|tips for {city}|meet us in hall 4] http://t.co/x
  {co} [to launch|launching|set to launch|rumoured to launch|may launch|will launch] [new|a new|major|its] {gadget} [today|at the {event}|{day}|possibly today] [#tech|http://t.co/x|called circles|, says blog|]
  {co} [opening|opens|to open|sets up] [a|] [temporary|pop-up|new|second] [store|shop|stand|lounge] [in|at] [downtown|the {event}|{city}|hall 4] [for the {event}|{day}|http://t.co/x|]
  [heading|going|off|on my way|walking] to the {co} [pop-up|store|stand|party|{event}|talk] [now|{day}|with sample_user|]
  [at|in|sitting in|listening to] the {co} [talk|panel|keynote|session|workshop] [about|on] [maps|design|privacy|the future of {net}|search|music] [#event|{day}|, front row|]
  {co} [gave away|is giving away|hands out|raffles] [a {gadget}|shirts|stickers|free chargers] at the {event} [http://t.co/x|{day}|]
  [anyone|who] [has|have|got] a spare [charger|cable|ticket] for [the|my|a] {co} [{gadget}|{event}|] ? [I am in hall 4|in {city}|please dm|]
  [will|should|could] I [buy|get|wait for|sell] [the|a] [new|old] {co} {gadget} [or|,] [wait|the other one|keep mine|what do you think]?
  [spotted|saw|counted] [five|ten|so many] {co} {gadget}s [at|in] the {event} [{day}|]
  [photo|pic|video|slides|map|schedule|interview|podcast] : [the|] {co} [stand|talk|{event}|store|founder] [at|in|from] [{city}|the {event}|hall 4] http://t.co/x
  [marketing|design|product|map] [lead|chief|head] of {co} [speaks|talks|will speak] [at|in] {city} {day} [about {net}|on {harm}|]
  {co} [yes|yep|no|nope|ok|okay|sure|correct|right] [, that's the one|, from {city} to {city}|, sent it|, it is the blue one|, I will try {day}|, flight 212|, both of us]
  {co} [I|just] [dm'd|sent|emailed|messaged|followed] [you|] [the|my] [details|number|photos|booking|address|form] [{day}|, as asked|]
  {co} [will do|ok will check|got it|noted|I see|fair enough|let me check] [, one moment|{day}|.|]
  {co} [flying|going|travelling] [from|with you from] {city} to {city} {day} [, which terminal|, what time does check-in open|, is there {net} on board|, can I bring {bag}]?
  {co} [what|which] [time|gate|terminal|size|plan|colour|floor] [is|for|does] [flight 212|the {event}|the last {trip}|the {gadget}|the store] [open|leave|come in|start|]?
  {co} [do you|does the {city} store|does it] [sell|stock|repair|take back|accept|support] [old {gadget}s|chargers|gift cards|android|cash|dogs]?
  {co} [can you|could you|please|can I] [follow me so I can dm|send me the link|tell me your hours|get the address|reserve two seats|change the name on a ticket]
  {co} [how much|what] [is|does|would] [it cost|the fee|a second {bag}|shipping|the upgrade|postage] [to {city}|for students|per month|]?
  {co} [is|will] [the|there be a] [{trip} to {city}|store in {city}|{gadget}|sale|student plan|beta] [back|available|on|running] [{day}|in spring|next year|]?
  [switched|moved|changed|upgraded] [from|to] {co} [{day}|last year|in May] [, same number|, small plan|, for the maps|]
  [my|our] [dad|office|school|neighbour|team|bank] [uses|has|works for|buys from|banks with] {co} [since May|for years|in {city}|]
  [difference|comparison] between {co} and {co} [for {net}|{gadget}s|in one chart|] http://t.co/x
  [how to|five ways to|a guide to] [fix|repair|reset|clean|avoid|report|survive] [a broken {thing}|a cracked screen|{harm}|delays|slow {net}|a lost {bag}] [on {co}|with {co}|] http://t.co/x
  {co} [explains|answers|shows|blog :] [why {thing}s overheat|how to report a fault|what to do in an outage|how we fight {harm}|how batteries die] http://t.co/x
  {co} [outage map|fault form|complaints page|refund policy|lost property office|claims line|returns desk] : [where is it|link please|open till six|moved to hall 4]?
  [engineer|{person}] from {co} [comes|is coming|due|visits] {day} [between 8 and 12|at ten|to move the socket|]
  {co} [van|crew|truck] [in|outside|parked in] [our street|the village|{city}] {day} [, laying fibre|, new mast|]
  [maintenance|works] on the {co} {net} in {city} {day} [from 1 to 4 am|, planned|, notice on the site]
  [used|sold|bought|swapped|pawned] [my|a] [broken|cracked|old|dead] {co} {gadget} [for parts|for {money}|in {city}|]
  [waiting|in line|queueing] [for|at] [the|] {co} [doors to open|keynote|gate B7|store|{trip}] [, coffee in hand|{day}|, see you inside|]
  [the|a] {co} {trip} [left|leaves|lands|arrived|boards] at [six|7:40|noon|ten] [from|in|at] [gate B7|{city}|platform 3]
`,
  positive: `
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
  [not bad|not bad at all|not half bad|isn't half bad|not too shabby] [,|] {co} [, {my} {thing} [works|is quicker|is fine now]|, the new {gadget} is [really|] {good}|]
  [can't|cannot|can not|no reason to] complain [about|with] {co} [, ten years without trouble|, {net} never down|, always on time|at all|]
  [no|zero|not a single|never any|never had] [complaints|issues|problems|delays|trouble|faults|regrets|outages|bad word] [with|about|from|on] [the|my|] {co} [{net}|{trip}|{thing}|{gadget}|] [so far|this year|at all|, clean and on time|, would buy again|]
  [couldn't|could not|can't] [be happier|be more pleased|ask for more|fault it|praise them enough|recommend it enough] [with|,] [my|the|] {co} [{gadget}|{net}|{trip}|{person}|]
  [nothing|nothing at all|not a thing] [wrong with|to complain about|bad to say about|to fault at] {co} [, {good}|, would go again|, as promised|]
  [wasn't|was not|not] [disappointed|let down|bored|kept waiting|ripped off] [by|at] {co} [, quite the opposite|, far from it|for once|at all, {good}|]
  {co} [never|hasn't ever|has never once] [let me down|failed us|lost my {bag}|been late|dropped a call|overcharged {us}] [in {long}|in ten years|, {good}|]
  [don't|can't] [hate|even be mad at] [the|] [new|] {co} [logo|{gadget}|design|{thing}] [, it grows on me|, it works|, it is rather good|]
  {co} [thanks|thank you|cheers|thx|ty] [, that worked|, all sorted|, got it|, you're quick|, problem solved|for fixing my {thing}|for the quick reply|for the dm|for finding my {bag}|for holding the {trip}|for caring]
  {co} [you're|you are|y'all are] [the best|awesome|great|so kind|legends|amazing|quick] [. thank you|!|, my {trip} is saved|, see you {day}|]
  [shoutout|big thanks|props|hats off|thanks so much] to [the {person}|{person} Sam|your {staff}|the crew of flight 212] [at|from|of] {co} [in {city}|for going the extra mile|for helping my mum|, {good}|]
  {co} [{person}|crew|driver] [made my day|was so patient|went above and beyond|sang for the kids|stayed late to help|found my {bag} in ten minutes]
  [so|really|very|super] [excited|happy|pleased|thrilled|impressed|glad] [about|with|for|to have] [the|my|] [new|] {co} {gadget} [!|, it is {good}|:)|]
  [can't wait|so ready|counting days] [for|to try|to see|to get] [the|] [new|] {co} {gadget} [at the {event}|!|{day}|]
  [just|finally] [got|bought|won|unboxed] [my|a|the] [new|free|] {co} {gadget} [and it is {good}|!|, love it|, so happy|yay]
  [love|loving|adore|in love with|obsessed with] [how|that] {co} [{gadget} looks|pop-up at the {event}|{thing} just works|lets me work on the {trip}|gives power to the people]
  {co} [pop-up|stand|party|store] [at the {event}|in {city}|] is [genius|{good}|the place to be|a hit|brilliant|so clever]
  [great|awesome|fascinating|inspiring|best] [talk|panel|demo|keynote|session] [by|from|at] {co} [at the {event}|{day}|#event|!|]
  [win|winning|smart|clever|genius] [move|idea|marketing|design] by {co} [at the {event}|!|, bravo|]
  {co} [insane|crazy good|sick|killer|wicked|ridiculously good] [camera|battery|sound|screen|deal|{gadget}] [!|, wow|, love it|]
  [you|the] {co} {gadget} [is|was] [{good}|worth every penny|a game changer|my favourite thing|so light|the coolest thing here]
  [free|early|smooth|quick|friendly] [upgrade|boarding|landing|delivery|{person}|coffee] [thanks to|from|with|by] {co} [, {good}|, happy|!|:)|]
  [best|favourite|only] [airline|bank|shop|network|phone|app|team] [ever|in town|I trust|out there] [: |is |, ] {co} [, hands down|!|, {good}|]
  [sorted|fixed|solved|refunded|replaced|rebooked] [in|within] [minutes|an hour|one call|no time] [by|thanks to|, thank you] {co} [, impressed|, {good}|!|]
  {co} [had my doubts|expected a fight|feared the worst] [but|and then] [{person} was {good}|you fixed it|it was {good}|you refunded me at once|no queue at all]
  [despite|after] [the storm|a delay|a lost {bag}|the long line] {co} [{staff} were {good}|got {us} home|was {good}|kept {us} fed and happy]
  [keep|keep up the] [good|great] [work|it up] {co} [, happy customer|!|, {good}|]
  {co} [app|site|{gadget}] [is|works] so much [better|faster|nicer] [now|since the update|than before|than the other one] [, thanks|!|]
  [switched|moved] [to|over to] {co} [and|:] [never looking back|{net} is {good}|best choice|so much faster|should have done it {long} ago]
  [10/10|five stars|a+|top marks|two thumbs up] [for|to] {co} [{staff}|{trip}|{net}|] [, would recommend|, {good}|!|]
`,
} as const;
