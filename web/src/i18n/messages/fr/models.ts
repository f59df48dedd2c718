export default {
  about: {
    'whisper-tiny':
      'Le plus rapide pour toutes les langues ; pour les brouillons et les machines à faible mémoire.',
    'whisper-tiny_en': 'Comme tiny, mais meilleur en anglais.',
    'whisper-base': 'Le modèle par défaut : toutes les langues, rapide sur toute machine.',
    'whisper-base_en': 'Comme base, mais meilleur en anglais.',
    'whisper-small': 'Toutes les langues, nettement meilleur que base, pour trois fois plus de calcul.',
    'whisper-small_en': 'Comme small, mais meilleur en anglais.',
    'whisper-distil-small_en':
      'Anglais, l’encodeur de small avec un décodeur à quatre couches : plus rapide que small.en, presque aussi bon.',
    'whisper-medium': 'Toutes les langues ; turbo est meilleur et plus rapide dans la plupart.',
    'whisper-medium_en': 'Comme medium, mais meilleur en anglais.',
    'whisper-distil-large-v3_5':
      'Anglais, l’encodeur de large-v3 avec un décodeur à deux couches : à peu près aussi bon que turbo, et plus rapide.',
    'whisper-turbo': 'large-v3 avec un petit décodeur : presque aussi bon, bien plus rapide. Ne traduit pas.',
    'whisper-large-v3':
      'Le meilleur Whisper pour les langues autres que l’anglais ; lent sans une machine puissante.',
    'parakeet-v2': 'Anglais avec ponctuation et minutage des mots ; le meilleur en anglais, et rapide.',
    'parakeet-v3': '25 langues européennes avec ponctuation et minutage des mots ; rapide.',
    'canary-180m':
      'Anglais, allemand, espagnol et français, petit ; la langue doit être indiquée. Traduit en anglais.',
    'moonshine-tiny': 'Anglais, minuscule et rapide.',
    'moonshine-base': 'Anglais, petit et rapide.',
    'sense-voice': 'Chinois, cantonais, japonais, coréen et anglais, très rapide.',
    'cohere-transcribe':
      '14 langues avec une grande précision ; volumineux, et la langue doit être indiquée.',
    diarization:
      'Distingue les personnes qui parlent (diarize: true), en complément de tout modèle ci-dessus. pyannote 3.0 et CAM++ de 3D-Speaker.',
    punctuation:
      'Ajoute virgules et points pour les modèles qui n’en mettent pas, en chinois et en anglais ; tous ceux ci-dessus en mettent.',
  },
  added: 'Ajouté depuis {source}.',
  folder: 'Un dossier à vous.',
  fault: 'Inutilisable : {why}',
  any: 'toute langue',
  count: '{count, plural, one {# langue} other {# langues}}',
  publisher: 'licence de l’éditeur',
}
