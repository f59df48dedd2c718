export default {
  failed: 'Impossible de charger cette transcription',
  footer: 'Fait avec <link>Earshot</link>. Une machine a écouté ; elle a pu mal entendre.',
}
