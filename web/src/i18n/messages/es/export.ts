export default {
  dialog: {
    title: 'Descargar',
    format: 'Formato',
    lineLength: 'Caracteres por línea',
    lines: 'Líneas a la vez',
    fps: 'Fotogramas por segundo',
    speakers: 'Hablantes',
    times: 'Tiempos',
    pdf: 'PDF, mediante impresión',
    print: 'Imprimir o guardar como PDF',
    cancel: 'Cancelar',
  },
  preview: {
    video: 'Vista previa de los subtítulos',
    label: 'Vista previa',
    failed: 'No se ha podido cargar la vista previa.',
  },
}
