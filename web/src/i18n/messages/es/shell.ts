export default {
  navigation: {
    label: 'Navegación principal',
    open: 'Abrir la navegación',
    close: 'Cerrar la navegación',
    skip: 'Ir al contenido',
    start: 'Earshot, inicio',
  },
  pages: {
    transcribe: 'Transcribir',
    library: 'Biblioteca',
    transcript: 'Transcripción',
    keys: 'Claves de API',
    credits: 'Créditos',
    posts: 'Publicaciones',
    webhooks: 'Webhooks',
    settings: 'Ajustes',
    operator: 'Operación',
    login: 'Iniciar sesión',
    join: 'Tu acceso',
  },
  away: {
    title: 'El servidor no responde',
    text: 'Es posible que lo que ves no esté actualizado. Lo que has escrito en las transcripciones se conserva en este navegador. Seguimos intentándolo.',
  },
  missing: {
    title: 'Esta página no existe',
    text: 'Puede que la dirección esté mal escrita o que el contenido ya no exista.',
    start: 'Ir al inicio',
  },
  trouble: {
    title: 'No se ha podido mostrar esta página',
    noAnswer: 'El servidor no responde. ¿Tienes conexión?',
    status: 'El servidor ha respondido con un error ({status}).',
  },
  scheme: { light: 'Cambiar al tema claro', dark: 'Cambiar al tema oscuro' },
  who: {
    label: 'Tu cuenta y cierre de sesión',
    byProxy: 'Tu proxy gestiona el inicio y el cierre de sesión.',
    logOut: 'Cerrar sesión',
    everywhere: 'Cerrar todas las sesiones',
  },
  language: 'Idioma',
}
