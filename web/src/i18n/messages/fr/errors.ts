export default {
  codes: {
    subscription: {
      required: 'Le compte n’a pas d’abonnement.',
      inactive: 'L’abonnement du compte n’est pas actif.',
      exists: 'Vous êtes déjà abonné à cette liste.',
    },
    credits: {
      insufficient: 'Il n’y a pas assez de crédits.',
    },
    resource: {
      not_found: 'Cet élément n’existe pas, ou plus.',
    },
    link: {
      unsupported: 'Ce lien ne mène pas à une publication d’une plateforme prise en charge.',
    },
    media: {
      not_media: 'Le fichier n’est pas un fichier audio ou vidéo lisible.',
      no_audio: 'Le fichier n’a pas de son.',
      truncated: 'Le fichier est tronqué : il est plus court qu’il ne l’indique.',
      too_long: 'L’enregistrement est plus long que ce serveur ne l’autorise.',
      too_large: 'Le fichier est plus grand que ce serveur ne l’autorise.',
      unsupported_codec: 'Le son est dans un format que le serveur ne sait pas lire.',
      decode_failed: 'Le son du fichier est illisible.',
      missing: 'L’enregistrement n’est plus conservé ici.',
    },
    upload: {
      gone: 'L’envoi a expiré. Recommencez-le.',
    },
    fetch: {
      private: 'La publication est privée.',
      gone: 'La publication a été supprimée, ou n’a jamais existé.',
      login_required: 'La plateforme ne montre cette publication qu’aux personnes connectées.',
      age_restricted: 'La publication est soumise à une limite d’âge.',
      geo_blocked: 'La publication n’est pas disponible dans le pays du serveur.',
      live: 'La publication est un direct qui n’est pas terminé.',
      upcoming: 'La publication n’est pas encore parue.',
      platform_rate_limited:
        'La plateforme limite en ce moment les requêtes de ce serveur. Réessayez plus tard.',
      address_blocked: 'La plateforme bloque l’adresse de ce serveur.',
      no_video: 'La publication n’a pas de vidéo.',
      no_audio: 'La vidéo de la publication n’a pas de son.',
      too_long: 'La vidéo est plus longue que ce serveur ne l’autorise.',
      too_large: 'La vidéo est plus lourde que ce serveur ne l’autorise.',
      unsupported_link: 'Le programme de téléchargement ne connaît pas ce type de lien.',
      network: 'La plateforme est injoignable.',
      extractor_outdated:
        'Le programme de téléchargement ne comprend plus la plateforme et doit être mis à jour.',
      no_feed: 'L’adresse n’est ni une playlist, ni une chaîne, ni un flux, ou rien n’y peut être transcrit.',
      captions_missing: 'La publication n’a pas de sous-titres du type voulu.',
      fetcher_missing: 'Le serveur n’a pas de programme de téléchargement qui fonctionne.',
    },
    downloader: {
      not_updated: 'Le programme de téléchargement n’a pas pu être mis à jour. L’actuel reste utilisé.',
    },
    engine: {
      crashed: 'La reconnaissance vocale a échoué deux fois au même endroit.',
      hung: 'La reconnaissance vocale n’a pas répondu à temps.',
      failed: 'La reconnaissance vocale n’a pas pu transcrire une partie.',
      unavailable: 'La reconnaissance vocale ne peut pas démarrer.',
    },
    model: {
      unknown: 'Ce modèle n’est pas installé.',
      in_use: 'Le modèle est utilisé et ne peut pas être supprimé.',
      language: 'Le modèle ne connaît pas cette langue.',
      no_speakers: 'Les modèles qui distinguent les voix ne sont pas installés.',
      no_translation: 'Le modèle ne sait pas traduire.',
    },
    video: {
      unavailable: 'Le ffmpeg du serveur ne peut pas incruster de sous-titres dans une vidéo.',
      no_font: 'Le serveur n’a pas de police pour certaines lettres des sous-titres.',
      too_large: 'La vidéo serait plus volumineuse que ce serveur ne l’autorise.',
    },
    transcription: {
      timeout: 'La transcription a pris trop de temps et a été abandonnée. Rien n’a été facturé.',
      cancelled: 'La transcription a été annulée.',
      no_text: 'La transcription n’a pas de texte.',
      lost: 'La transcription a été interrompue trop souvent.',
    },
    post: {
      too_long: 'Le texte est trop long pour la plateforme.',
      ended: 'La publication est déjà parue, a échoué ou a été annulée, ou paraît en ce moment.',
    },
    request: {
      too_large: 'C’est plus que le serveur n’accepte en une fois.',
    },
    rate: {
      limited: 'Trop de requêtes. Réessayez dans un moment.',
    },
    storage: {
      full: 'Il n’y a plus de place pour les enregistrements.',
      unavailable: 'Le serveur n’atteint pas son stockage. Réessayez dans un moment.',
    },
    database: {
      unavailable: 'Le serveur n’atteint pas sa base de données. Réessayez dans un moment.',
    },
    payment: {
      unavailable: 'Le service de paiement est injoignable, ou refuse.',
    },
    queue: {
      full: 'Trop de travail attend sur ce serveur. Réessayez plus tard.',
      share: 'Trop de vos travaux attendent. Réessayez quand certains seront terminés.',
    },
    account: {
      limit: 'Le compte ne peut pas en avoir davantage. Supprimez-en d’abord.',
    },
    server: {
      stopping: 'Le serveur s’arrête. Le travail reprendra après son redémarrage.',
    },
    session: {
      missing: 'Personne n’est connecté dans ce navigateur, ou la session est terminée. Connectez-vous.',
      origin: 'La requête vient de la page d’un autre site.',
    },
    login: {
      failed: 'L’adresse e-mail et le mot de passe ne correspondent pas.',
      throttled: 'Trop de connexions échouées. Attendez un peu avant de réessayer.',
    },
    invitation: {
      invalid: 'L’invitation a déjà servi, ou est trop ancienne.',
    },
    role: {
      forbidden: 'Seuls les propriétaires du compte, ou l’opérateur, peuvent faire cela.',
    },
    edit: {
      conflict: 'Quelqu’un d’autre a enregistré la transcription entre-temps.',
    },
    share: {
      revoked: 'Ce lien ne fonctionne plus. Demandez-en un nouveau à la personne qui l’a envoyé.',
    },
    internal: 'Une erreur s’est produite dans Earshot. Le journal a les détails.',
  },
}
