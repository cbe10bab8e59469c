/* A session that has ended while a page stood open: the next thing asked of the server leads to the sign-in, and back. */
(function () {
  var ask = window.fetch;
  window.fetch = function () {
    return ask.apply(this, arguments).then(function (answer) {
      if (answer.status === 401 && new URL(answer.url).origin === location.origin) {
        location.assign("/signin?next=" + encodeURIComponent(location.pathname + location.search));
      }
      return answer;
    });
  };
})();
