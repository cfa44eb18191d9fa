import type { Label } from '../../../src/core/verdict.ts';

/**
 * Sample posts, all made up for this project, on which the model card's confusion list is measured.
 * None of them is trained on. The label is what a support team would say about Acme.
 */
export interface Probe {
  label: Label;
  text: string;
}

export function probes(label: Label, lines: string): Probe[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => ({ label, text: line.trim() }));
}

/** Posts to and about companies, the plain kind. */
export const PLAIN: readonly Probe[] = [
  ...probes(
    'negative',
    `
    @AcmeHelp been on hold 50 minutes now, is anyone actually there?
    My Acme router restarts itself every evening at eight. Every single evening.
    @acme you charged my card twice for the same order, when do I get it back
    so my flight with acme got moved to tomorrow and nobody bothered to tell us
    Third engineer booked, third engineer who never came. Brilliant work @acmebroadband
    @AcmeAir two hours on the tarmac and not even a glass of water
    Acme cancelled my order without a word and kept the money for ten days
    why does the acme app log me out every time I open it???
    @acme this is the 4th time I am asking the same thing. Please read your messages.
    Upload speed on Acme is 0.3 Mbps tonight. I pay for 80.
    @AcmeAir my suitcase is still in another country and your baggage line rings out
    Acme put the price up again and the connection got worse. Leaving in June.
    the new acme phone gets so hot I can't hold it
    @acmehelp chat closed on me again after 40 minutes of waiting
    Parcel says delivered. It was not delivered. Acme says talk to the courier, courier says talk to Acme.
    Never booking with Acme again, the gate agent shouted at my mother
    @acme your website has been throwing a 503 since this morning, I need to pay a bill
    Battery on my acme phone lasts until lunch since the update
    No dial tone, no internet, no answer. Well done Acme.
    I have sent Acme three emails and a letter and heard nothing
    @AcmeAir rebooked us onto a flight that had already left. How?
    acme's keyboard is missing half the letters I need and it autocorrects my own name
    Acme says the fault is fixed. It is not fixed.
    @acme sent me the wrong size, then sent the same wrong size again
    You can't reach a human at Acme any more, only a bot that repeats itself
    @acmebroadband is there a reason my bill doubled this month?
    Stuck at the airport because acme forgot to schedule a crew
    The engineer left a hole in my wall and Acme wants me to pay for it
    @acme can somebody please look into my refund, it was promised three weeks ago
    My grandmother's alarm does not work without the line and Acme keeps postponing
    acme tv froze right before the penalty, as it does every match
    They told me 24 hours. That was on Monday. It is Friday. @acme
    Acme support asked me to restart the router. For the ninth time.
    @AcmeAir what is the point of checking in online if I still queue for an hour
    the screen cracked on day two and acme says that is normal use
    Dear @acme, a confirmation number that your own system does not know is not a confirmation.
    I want my deposit back from acme and I want it this week
    signal on acme has vanished in the whole village since the storm
    @acmehelp how is it legal to bill me for a line you disconnected
    acme maps sent me into a river. Nearly.
    `,
  ),
  ...probes(
    'neutral',
    `
    @acme what are your opening hours on Sunday?
    @AcmeAir which terminal do the Lisbon flights leave from?
    Anyone know if the acme router works with a third party modem?
    Picking up my acme phone after work
    @acmehelp I sent you a direct message with the booking number
    Acme opens its third shop in Leeds on Saturday
    Is the student discount on the acme laptop still valid?
    @acme do you ship to Norway?
    Acme shares closed at 12.40 on Tuesday
    Trying to decide between the acme 5 and the acme 6, what do you all use
    On the 7 pm acme flight to Dublin, see you there
    @acmebroadband how do I change the name of my wifi network?
    The acme keynote starts at ten, I will be at the back on the left
    My contract with acme runs until March
    @AcmeAir can I bring a guitar as hand luggage?
    Acme moves its headquarters to Bristol next year
    Interview with the head of design at acme, from the spring issue https://example.com/a
    @acme yes, it is the blue one, order from the 3rd of May
    New acme store map with all the places in the city https://example.com/map
    we're at the acme stand, hall 4, next to the coffee
    @acmehelp does the gold plan include calls to Spain
    Acme reports results on Thursday before the market opens
    I need a charger for an acme 5, does anybody have one I could borrow
    There is a queue outside the acme shop because of the launch
    @AcmeAir how many hours before departure does check-in open
    acme panel at the festival: three talks about maps and one about music
    moved from acme tv to acme tv plus, testing it this week
    @acme where can I find the manual for the 2019 model?
    The acme van is parked in our street again, they are laying fibre
    Acme and Beta Telecom sign an agreement about roaming
    `,
  ),
  ...probes(
    'positive',
    `
    @acme thank you for sorting that out so quickly, made my evening
    Engineer from Acme was early, polite and had it running in ten minutes
    loving the new acme phone, the camera is unreal
    Big thanks to the crew of the acme flight to Oslo, my kids felt like kings
    @acmehelp that did the trick, cheers!
    Honestly the best support call I ever had was with acme today
    acme broadband finally gives me 900 Mbps and I am so happy
    Kudos to @AcmeAir for finding my hat within a day
    The free coffee at the acme stand is a lovely idea
    I can recommend acme to everyone, eight years and not one problem
    Just got my acme laptop and it's gorgeous
    @acme you people are wonderful
    Upgraded to first class by acme, what a treat
    The acme pop-up shop at the festival is genius
    Ordered on Monday, here on Tuesday. Impressed, Acme.
    can't wait for the acme 6!!!
    No complaints about acme at all, works like a charm
    @acmebroadband Sam in chat was fantastic, please give them a raise
    acme's new app is so much better than the old one
    Well played Acme, a refund before I even asked
    `,
  ),
];

/** Posts of kinds that a lexicon or a model gets wrong, by kind. */
export const TRICKY: Readonly<Record<string, readonly Probe[]>> = {
  sarcasm: probes(
    'negative',
    `
    Oh great, Acme is down again. Just what I needed.
    Love how @acme takes my money on time and delivers nothing
    Thanks @AcmeAir for the lovely night on the airport floor
    Wow, only four hours late today. You are improving, Acme.
    Nothing says customer care like a 90 minute queue, right @acme?
    Another flawless update from acme, now the phone does not even ring
    So glad I pay acme 60 a month to stare at a loading circle
    Acme support is amazing, I have learned all the hold music by heart
    What a fantastic start to the holiday, bags in Rome, us in Riga. Cheers @AcmeAir
    Congratulations acme, you broke the only thing that worked
    Yes please, send me a fifth survey about the visit that never happened
    Thank you acme for teaching me patience, 3 weeks without internet and counting
    Brilliant, the app now crashes twice as fast
    Best airline ever if you enjoy sleeping on chairs
    I just love talking to robots for an hour, well done acme
    Great job @acmehelp, you closed my ticket without reading it
    `,
  ),
  'not bad': [
    ...probes(
      'positive',
      `
      Not bad at all, Acme, the new router really is quicker
      I was not disappointed by the acme 5, quite the opposite
      can't complain about acme, ten years without trouble
      Never had a problem with acme broadband
      No issues with the acme flight, on time and clean
      The acme update isn't half bad
      acme support was not as slow as people say, they helped me at once
      Nothing wrong with acme, I would buy it again
      Not a single outage with acme this year, happy customer
      I don't hate the new acme logo, it is growing on me
      `,
    ),
    ...probes(
      'negative',
      `
      Not good enough, Acme
      not happy with the acme upgrade at all
      Acme is not what it used to be
      I would not recommend acme to anyone
      Not exactly quick, are you, @acme
      The acme laptop does not feel worth the money
      acme customer service is not helpful in the slightest
      No way I am paying acme for that
      Hardly a good day with acme broadband this month
      Never a clear answer from acme, never
      `,
    ),
  ],
  'news about somebody else': probes(
    'neutral',
    `
    Police arrest two men after robbery near the Acme store in Hull
    Storm leaves thousands without power, Acme engineers are on their way
    Beta Telecom fined for misleading adverts, regulator says
    Man injured in crash outside Acme headquarters
    Strike at Beta Air enters third day, Acme adds extra flights
    Hackers attack hospital in the north, Acme not affected
    Court rejects Beta Telecom's appeal over broken contracts
    Acme to cut 200 jobs in Derby, union says talks continue
    Fire in warehouse closes road next to Acme depot
    Analysts fear weak quarter for phone makers, Acme reports next week
    Beta Telecom customers lose signal in four counties
    Two dead in flood, Acme opens free wifi for the village
    Senator accuses Beta Air of lying about delays
    Protest against the new motorway blocks traffic at Acme Park
    Study warns of loneliness among teenagers, https://example.com/study via Acme News
    `,
  ),
  quotations: probes(
    'neutral',
    `
    "This is the worst idea I ever heard" is the first line of the acme founder's book
    Reading the chapter "Why I hate meetings" on the acme train
    The song Broken by Sample Band is playing in the acme shop
    Our teacher said "a bad plan is better than no plan" during the acme workshop
    Now showing at the Acme Cinema: The Terrible Journey
    My son's favourite phrase this week is "disaster!", he learned it from the acme advert
    The book Angry Birds Everywhere is on the shelf at acme
    Quiz at acme tonight, topic: famous failures of history
    He asked "is it broken?" and the acme guide went on with the tour
    Listening to Waiting on Hold, episode 12, an acme podcast
    "Nobody answers" is the title of the play at the Acme Theatre
    Acme Museum opens show about the worst maps ever drawn
    `,
  ),
  'job adverts': probes(
    'neutral',
    `
    Acme is hiring a complaints handler in Leeds, apply by Friday
    We are looking for an engineer who hates downtime, join Acme in York
    Job alert: customer service adviser, angry callers team, Acme, Cardiff
    Tired of your job? Acme is recruiting drivers now https://example.com/jobs
    Vacancy: claims and refunds clerk at Acme Air, full time
    Acme seeks crisis manager, 3 years of experience required
    Now hiring: outage response engineer #jobs #acme
    Frustrated with your career? Talk to Acme at the careers fair
    Acme Broadband is looking for a network fault technician in Hull
    Loss prevention officer wanted, Acme store, Bath
    Join our fraud team, apply now, Acme Bank
    Warehouse operative, night shift, damaged goods desk, Acme
    `,
  ),
};
