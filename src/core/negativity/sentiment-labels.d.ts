declare module 'sentiment/languages/en/index.js' {
  const english: { labels: Readonly<Record<string, number>> };
  export default english;
}
