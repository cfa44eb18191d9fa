/**
 * Made-up public posts about the made-up "Acme Broadband". Every author is a sample; the numbers
 * and addresses in them are ones that belong to nobody.
 */

export type PlaceId = 'forum' | 'status' | 'news';

export interface Place {
  id: PlaceId;
  title: string;
  about: string;
  /** Path of its feed, and what kind of feed that is. */
  feed: string;
  kind: 'rss' | 'atom' | 'rdf';
  /** Seconds from the first reading of the feed to its first new post. */
  firstAfter: number;
}

export const PLACES: readonly Place[] = [
  {
    id: 'forum',
    title: 'Line & Router forum (sample)',
    about: 'Where the made-up customers of made-up providers help each other.',
    feed: '/samples/forum.rss',
    kind: 'rss',
    firstAfter: 3,
  },
  {
    id: 'status',
    title: 'Short posts (sample)',
    about: 'One or two sentences at a time, all made up.',
    feed: '/samples/status-talk.atom',
    kind: 'atom',
    firstAfter: 24,
  },
  {
    id: 'news',
    title: 'The Sample Herald',
    about: 'A newspaper that does not exist.',
    feed: '/samples/news.rdf',
    kind: 'rdf',
    firstAfter: 47,
  },
];

export interface SamplePost {
  id: string;
  place: PlaceId;
  author: string;
  title: string;
  text: string;
}

/** There already, some hours or days old, when the workspace is opened for the first time. */
export const EARLIER: readonly (SamplePost & { hoursAgo: number })[] = [
  earlier(
    'forum-0001',
    'forum',
    'sample_user_11',
    95,
    'Router lights explained',
    'A slow green blink means that it is updating. Leave it alone for ten minutes.',
  ),
  earlier(
    'forum-0002',
    'forum',
    'sample_user_04',
    51,
    'Acme Broadband: which modem?',
    'Moving to Acme Broadband next month. Does anybody use their own modem with it?',
  ),
  earlier(
    'forum-0003',
    'forum',
    'sample_user_23',
    20,
    'No connection since Sunday',
    'Acme Broadband has been down here since Sunday evening and the hotline just plays music.',
  ),
  earlier(
    'status-0001',
    'status',
    'sample_user_31',
    40,
    '',
    'Acme Broadband connected the new flat a day early. Nice surprise.',
  ),
  earlier(
    'status-0002',
    'status',
    'sample_user_08',
    12,
    '',
    'Anyone else with slow uploads on Acme Broadband tonight?',
  ),
  earlier(
    'news-0001',
    'news',
    'Sample newsroom',
    70,
    'Acme Broadband names the towns that get fibre next',
    'The company published the list of twelve towns on Monday. Digging begins in spring.',
  ),
  earlier(
    'news-0002',
    'news',
    'Sample newsroom',
    26,
    'Library extends its opening hours',
    'From next week the reading room stays open until nine.',
  ),
];

/** These arrive one after another while somebody watches. */
export const COMING: readonly SamplePost[] = [
  post(
    'forum-1001',
    'forum',
    'sample_user_17',
    'Third engineer visit cancelled',
    'Third engineer visit cancelled by Acme Broadband. Still waiting, and nobody answers the phone. I took a day off for every one of them.',
  ),
  post(
    'forum-1002',
    'forum',
    'sample_user_02',
    'Bridge mode on the white box',
    'Found it: the setting is under Advanced, then Mode. Works with Acme Broadband as well.',
  ),
  post(
    'forum-1003',
    'forum',
    'sample_user_29',
    'Charged twice again',
    'Acme Broadband charged me twice in March and now twice again. The chat closes after five minutes and nobody fixes it. I want my money back.',
  ),
  post(
    'forum-1004',
    'forum',
    'sample_user_13',
    'Thank you to the night shift',
    'Line was dead at 2 a.m., Acme Broadband had it fixed by 3. Credit where it is due, that was excellent.',
  ),
  post(
    'forum-1005',
    'forum',
    'sample_user_40',
    'Great job, Acme Broadband',
    'Great job, Acme Broadband: the third outage this week, and always during my exam. Fantastic.',
  ),
  post(
    'forum-1006',
    'forum',
    'sample_user_21',
    'Anvil delivery',
    'The anvil from the acme hardware shop arrived with a crack. Has nothing to do with broadband, I just needed to tell someone.',
  ),
  post(
    'forum-1007',
    'forum',
    'sample_user_35',
    'Cancelling after nine years',
    'Nine years with Acme Broadband and the price went up without a letter. The cancellation page does not work, of course. Leaving anyway.',
  ),
  post(
    'forum-1008',
    'forum',
    'sample_user_06',
    'Speed at noon',
    'Not bad at all: 480 of the promised 500 with Acme Broadband, on wireless.',
  ),
  post(
    'forum-1009',
    'forum',
    'sample_user_44',
    'Please call me',
    'Acme Broadband, our doctor’s practice has had no internet for two days. Call +1 202 555 0143 or write to practice@example.com, we are desperate.',
  ),
  post(
    'forum-1010',
    'forum',
    'sample_user_52',
    '<!channel> <https://evil.example|https://bank.example>',
    'Terrible service from Acme Broadband. <script>alert("no")</script> <!here> *look* at <https://evil.example|https://bank.example> and <@U0SAM00001>.',
  ),
  post(
    'forum-1011',
    'forum',
    'sample_user_19',
    'Router update broke port forwarding',
    'Since Tuesday’s update my Acme Broadband router forgets every rule after a restart. Support told me to restart it. Useless.',
  ),
  post(
    'forum-1012',
    'forum',
    'sample_user_27',
    'Is there a fault map?',
    'Looking for a map of current faults, ideally for several providers.',
  ),

  post(
    'status-1001',
    'status',
    'sample_user_15',
    '',
    'Acme Broadband down again. Working from the café, again.',
  ),
  post(
    'status-1002',
    'status',
    'sample_user_33',
    '',
    'Hiring: field technicians at Acme Broadband, full time, apply by Friday. #jobs',
  ),
  post(
    'status-1003',
    'status',
    'sample_user_09',
    '',
    '40 minutes in the queue of Acme Broadband, then the line was cut. Worst hotline I know.',
  ),
  post(
    'status-1004',
    'status',
    'sample_user_47',
    '',
    'Switched my parents to Acme Broadband. Installed in twenty minutes, technician was lovely.',
  ),
  post(
    'status-1005',
    'status',
    'sample_user_01',
    '',
    'Sunset over the harbour tonight. No filter.',
  ),
  post(
    'status-1006',
    'status',
    'sample_user_38',
    '',
    'No reply from Acme Broadband for two weeks now. I am so tired of this company.',
  ),
  post(
    'status-1007',
    'status',
    'sample_user_25',
    '',
    'Acme Broadband, could you please stop sending me letters for the person who lived here before?',
  ),
  post(
    'status-1008',
    'status',
    'sample_user_50',
    '',
    'The acme of good coffee is the place behind the station.',
  ),

  post(
    'news-1001',
    'news',
    'Sample newsroom',
    'Acme Broadband to open a shop in the old post office',
    'The shop opens in May with eight employees, the town said.',
  ),
  post(
    'news-1002',
    'news',
    'Sample newsroom',
    'Residents angry about week-long outage',
    'About 300 households in the north of the town have had no connection with Acme Broadband since last week. Several told this paper that their complaints were ignored.',
  ),
  post(
    'news-1003',
    'news',
    'Sample newsroom',
    'Quarterly figures: Acme Broadband grows by two per cent',
    'Revenue rose slightly; the number of customers stayed the same.',
  ),
  post(
    'news-1004',
    'news',
    'Sample newsroom',
    'Consumer office warns of double bills',
    'The consumer office has received dozens of complaints about wrong bills from Acme Broadband and advises customers to object in writing.',
  ),
];

function post(id: string, place: PlaceId, author: string, title: string, text: string): SamplePost {
  return { id, place, author, title, text };
}
function earlier(
  id: string,
  place: PlaceId,
  author: string,
  hoursAgo: number,
  title: string,
  text: string,
): SamplePost & { hoursAgo: number } {
  return { ...post(id, place, author, title, text), hoursAgo };
}
