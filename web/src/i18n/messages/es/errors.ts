export default {
  codes: {
    subscription: {
      required: 'La cuenta no tiene suscripción.',
      inactive: 'La suscripción de la cuenta no está activa.',
      exists: 'Ya hay una suscripción a esta lista.',
    },
    credits: {
      insufficient: 'No hay créditos suficientes.',
    },
    resource: {
      not_found: 'Esto no existe, o ya no existe.',
    },
    link: {
      unsupported: 'Este enlace no lleva a una publicación de una plataforma compatible.',
    },
    media: {
      not_media: 'El archivo no es audio ni vídeo que se pueda leer.',
      no_audio: 'El archivo no tiene sonido.',
      truncated: 'El archivo está cortado: es más corto de lo que indica.',
      too_long: 'La grabación es más larga de lo que permite este servidor.',
      too_large: 'El archivo es más grande de lo que permite este servidor.',
      unsupported_codec: 'El sonido está en un formato que el servidor no puede leer.',
      decode_failed: 'No se puede leer el sonido del archivo.',
      missing: 'La grabación ya no está guardada aquí.',
    },
    upload: {
      gone: 'La subida ha caducado. Empieza de nuevo.',
    },
    fetch: {
      private: 'La publicación es privada.',
      gone: 'La publicación se eliminó o nunca existió.',
      login_required: 'La plataforma solo muestra esta publicación a quien ha iniciado sesión.',
      age_restricted: 'La publicación tiene restricción de edad.',
      geo_blocked: 'La publicación no está disponible en el país del servidor.',
      live: 'La publicación es una emisión en directo que no ha terminado.',
      upcoming: 'La publicación todavía no ha salido.',
      platform_rate_limited:
        'La plataforma limita ahora las peticiones de este servidor. Inténtalo más tarde.',
      address_blocked: 'La plataforma bloquea la dirección de este servidor.',
      no_video: 'La publicación no tiene vídeo.',
      no_audio: 'El vídeo de la publicación no tiene sonido.',
      too_long: 'El vídeo es más largo de lo que permite este servidor.',
      too_large: 'El vídeo es más grande de lo que permite este servidor.',
      unsupported_link: 'El programa de descarga no conoce este tipo de enlace.',
      network: 'No se pudo contactar con la plataforma.',
      extractor_outdated: 'El programa de descarga ya no entiende la plataforma y hay que actualizarlo.',
      no_feed: 'La dirección no es una lista, un canal ni un feed, o no contiene nada que transcribir.',
      captions_missing: 'La publicación no tiene subtítulos del tipo deseado.',
      fetcher_missing: 'El servidor no tiene un programa de descarga que funcione.',
    },
    downloader: {
      not_updated: 'No se pudo actualizar el programa de descarga. Se sigue usando el actual.',
    },
    engine: {
      crashed: 'El reconocimiento de voz falló dos veces en la misma parte.',
      hung: 'El reconocimiento de voz no respondió a tiempo.',
      failed: 'El reconocimiento de voz no pudo transcribir una parte.',
      unavailable: 'No se puede iniciar el reconocimiento de voz.',
    },
    model: {
      unknown: 'Ese modelo no está instalado.',
      in_use: 'El modelo está en uso y no se puede quitar.',
      language: 'El modelo no conoce este idioma.',
      no_speakers: 'No están instalados los modelos que distinguen a los hablantes.',
      no_translation: 'El modelo no puede traducir.',
    },
    video: {
      unavailable: 'El ffmpeg del servidor no puede incrustar subtítulos en vídeos.',
      no_font: 'El servidor no tiene una fuente para algunas letras de los subtítulos.',
      too_large: 'El vídeo sería más grande de lo que permite este servidor.',
    },
    transcription: {
      timeout: 'La transcripción tardó demasiado y se abandonó. No se cobró nada.',
      cancelled: 'La transcripción se canceló.',
      no_text: 'La transcripción no tiene texto.',
      lost: 'La transcripción se interrumpió demasiadas veces.',
    },
    post: {
      too_long: 'El texto es demasiado largo para la plataforma.',
      ended: 'La publicación ya salió, falló o se canceló, o se está publicando ahora.',
    },
    request: {
      too_large: 'Es más de lo que el servidor acepta de una vez.',
    },
    rate: {
      limited: 'Demasiadas peticiones. Inténtalo en un momento.',
    },
    storage: {
      full: 'No queda espacio para grabaciones.',
      unavailable: 'El servidor no puede acceder ahora a su almacenamiento. Inténtalo en un momento.',
    },
    database: {
      unavailable: 'El servidor no puede acceder ahora a su base de datos. Inténtalo en un momento.',
    },
    payment: {
      unavailable: 'El servicio de pago no responde o rechaza el pago.',
    },
    queue: {
      full: 'Hay demasiado trabajo en espera en este servidor. Inténtalo más tarde.',
      share: 'Ya tienes demasiado trabajo en espera. Inténtalo cuando se haya terminado una parte.',
    },
    account: {
      limit: 'La cuenta no puede tener más. Borra algunos primero.',
    },
    server: {
      stopping: 'El servidor se está deteniendo. El trabajo seguirá cuando vuelva a arrancar.',
    },
    session: {
      missing: 'Nadie ha iniciado sesión en este navegador, o la sesión terminó. Inicia sesión.',
      origin: 'La petición viene de la página de otro sitio.',
    },
    login: {
      failed: 'El correo y la contraseña no coinciden.',
      throttled: 'Demasiados intentos fallidos. Espera un poco antes de intentarlo de nuevo.',
    },
    invitation: {
      invalid: 'La invitación ya se usó o es demasiado antigua.',
    },
    role: {
      forbidden: 'Solo pueden hacerlo los propietarios de la cuenta o el operador.',
    },
    edit: {
      conflict: 'Otra persona guardó la transcripción mientras tanto.',
    },
    share: {
      revoked: 'Este enlace ya no funciona. Pide uno nuevo a quien te lo envió.',
    },
    internal: 'Algo falló en Earshot. El registro tiene los detalles.',
  },
}
