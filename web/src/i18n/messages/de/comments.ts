export default {
  title: 'Kommentare',
  add: 'Kommentieren',
  write: 'Diese Stelle kommentieren',
  label: 'Ihr Kommentar',
  none: 'Keine offenen Kommentare. Markieren Sie Wörter oder setzen Sie den Cursor in eine Zeile und drücken Sie C.',
  failed: 'Die Kommentare konnten nicht geladen werden',
  showResolved:
    '{count, plural, one {# erledigten Kommentar anzeigen} other {# erledigte Kommentare anzeigen}}',
  resolvedBy: 'Erledigt von {name}',
  gone: {
    author: 'Jemand, der nicht mehr dabei ist',
    words: 'Diese Wörter stehen nicht mehr im Transkript.',
  },
  changed: 'Die Wörter wurden seitdem geändert.',
  edited: 'bearbeitet',
  reply: 'Antworten',
  resolve: 'Erledigt',
  reopen: 'Wieder öffnen',
  edit: 'Bearbeiten',
  save: 'Speichern',
  remove: {
    open: 'Löschen',
    title: 'Diesen Kommentar löschen?',
    says: '{count, plural, =0 {Er kann nicht wiederhergestellt werden.} one {Auch die Antwort wird gelöscht. Beides kann nicht wiederhergestellt werden.} other {Auch die # Antworten werden gelöscht. Sie können nicht wiederhergestellt werden.}}',
  },
}
