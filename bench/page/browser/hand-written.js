// What a publisher writes by hand around the vendor's tag, after Qualifio's page on bilateral messages:
// the answer about the pre-login screen, the token, and a text for each error. One for the whole page.
(() => {
  const show = (divId, text) => {
    let note = document.querySelector(`#${divId} + .campaign-note`);
    if (!note) {
      note = document.createElement('p');
      note.className = 'campaign-note';
      document.getElementById(divId).after(note);
    }
    note.textContent = text;
  };
  _qual_async.push([
    'registerChildMessageCallback',
    'requestParticipantAction',
    (data) => _qual_async.push(['sendChildMessage', data.divId, 'requestParticipantAction', true]),
  ]);
  _qual_async.push([
    'registerChildMessageCallback',
    'isLoggedIn',
    async (data) => {
      const number = data.divId.replace(/\D/g, '');
      const response = await fetch(`/token?campaignId=${number}`, { cache: 'no-store' });
      if (response.status === 401) return show(data.divId, 'Please log in.');
      if (!response.ok) return show(data.divId, 'The game is not available right now.');
      const { token } = await response.json();
      _qual_async.push(['sendChildMessage', data.divId, 'userInfo', token]);
    },
  ]);
  _qual_async.push([
    'registerChildMessageCallback',
    'error',
    (error) => {
      switch (error.code) {
        case 'TOKEN_EXPIRED':
          return show(error.divId, 'Your session is over.');
        case 'TOKEN_INVALID_FORMAT':
        case 'TOKEN_INVALID_SIGNATURE':
        case 'TOKEN_DECRYPTION_FAILED':
        case 'TOKEN_EMPTY':
          return show(error.divId, 'Your account could not be confirmed.');
        default:
          return show(error.divId, 'Something went wrong.');
      }
    },
  ]);
})();
