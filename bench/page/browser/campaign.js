// A stand-in for a campaign: it asks `isLoggedIn` when the measurement wants it to, and notes how long
// each answer took.
const divId = new URLSearchParams(location.search).get('divId');
let answer;
window.answers = 0;
addEventListener('message', ({ data }) => {
  if (data?.kit !== 'userInfo') return;
  window.answers++;
  answer?.();
});
/** Milliseconds from `isLoggedIn` to `userInfo`. */
window.ask = () =>
  new Promise((resolve) => {
    const start = performance.now();
    answer = () => resolve(performance.now() - start);
    parent.postMessage({ kit: 'isLoggedIn', data: { divId } }, '*');
  });
