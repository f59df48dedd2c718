export default {
  failed: 'Dieses Transkript konnte nicht geladen werden',
  footer: 'Erstellt mit <link>Earshot</link>. Eine Maschine hat zugehört; sie kann sich verhört haben.',
}
