export default {
  says: 'La voz de tus grabaciones y vídeos se convierte en texto con marcas de tiempo.',
  failed: 'No se ha podido cargar lo que este servidor puede hacer',
  noModel: {
    title: 'No hay ningún modelo de voz en funcionamiento',
    text: 'Lo que envíes esperará hasta que haya uno.',
  },
  standIn: {
    title: 'Hay un modelo básico en funcionamiento',
    text: 'Sirve para hacer pruebas: verás muchas palabras equivocadas.',
  },
  models: {
    install: 'Instalar uno mejor',
    operator: 'Quien administra este servidor puede instalar uno mejor.',
  },
  order: {
    label: 'Qué transcribir',
    links: 'O pega enlaces',
    linksSay:
      'A vídeos de {platforms}, o a archivos multimedia. Tantos como quieras; el resto del texto se ignora.',
    noLink: 'Esto no es un enlace: {text}',
  },
  notLoaded: 'No se ha podido cargar una parte de esta página. ¿Tienes conexión? Inténtalo de nuevo.',
}
