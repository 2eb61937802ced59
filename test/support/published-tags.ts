// Tags in the shapes that publishers paste.

/** As in a campaign feed: the kit from the campaign host, without a protocol. */
export const fromFeed = `<div id="qualifio_insert_place_220417" class="qualifio_iframe_wrapper"></div> <script type="text/javascript"> (function(b,o,n,u,s){var a,t;a=b.createElement(u);a.async=1;a.src=s;t=b.getElementsByTagName(u)[0];t.parentNode.insertBefore(a,t);o[n]=o[n]||[]})(document,window,'_qual_async','script','//jeux.gazette.example/kit/qualp.2.min.js'); _qual_async.push(['createIframe', 'qualifio_insert_place_220417', 'jeux.gazette.example', '20', 'D2719A5E-0C4B-4E7F-9A13-5B6E8F704C21', '100%', '2480', '', '', '', 'max-width:810px;margin:0 auto;']); </script>`;

/** As on live sites: formatted, and the kit from Qualifio's host. */
export const fromSite = `<div id="qualifio_insert_place_3391002"></div>
<script>
(function (b, o, n, u, s) {
  var a, t;
  a = b.createElement(u);
  a.async = 1;
  a.src = s;
  t = b.getElementsByTagName(u)[0];
  t.parentNode.insertBefore(a, t);
  o[n] = o[n] || [];
})(
  document,
  window,
  "_qual_async",
  "script",
  "https://files.qualifio.com/kit/qualp.2.min.js"
);

window._qual_async = window._qual_async || [];
window._qual_async.push([
  "createIframe",
  "qualifio_insert_place_3391002",
  "concours.journal.example",
  "20",
  "7b1e52c0-94d8-4f36-8a05-c1d2e3f4a5b6",
  "640",
  "75%",
  "",
  "",
  "",
  "max-width: 720px; margin: 0 auto;",
]);
</script>`;
