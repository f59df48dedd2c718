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
  film: {
    title: 'Vídeo con subtítulos',
    about:
      'El servidor incrusta los subtítulos en la grabación y crea un archivo MP4. Mientras tanto, puedes salir de esta página. El vídeo se conserva {days, plural, one {# día} other {# días}}.',
    make: 'Crear vídeo',
    again: 'Crear de nuevo',
    stop: 'Detener',
    waiting: 'Esperando su turno…',
    making: 'Creando el vídeo…',
    progress: 'Progreso del vídeo',
    ready: 'El vídeo está listo: {size}.',
    size: 'Tamaño de la letra',
    sizes: {
      small: 'Pequeño',
      medium: 'Mediano',
      large: 'Grande',
    },
    position: 'Posición',
    positions: {
      bottom: 'Abajo',
      top: 'Arriba',
    },
  },
  fonts: {
    server: 'El servidor no tiene ninguna fuente para {scripts}',
    device: 'Este dispositivo no tiene ninguna fuente para algunos caracteres: {scripts}',
    script: '{name} ({letters})',
    onServer:
      'El vídeo fallaría. Quien administra el servidor puede instalar lo que falta: {packages} en Debian o Ubuntu.',
    inPdf:
      'El PDF mostraría recuadros en su lugar. Instale una fuente que los tenga, como Noto (fonts.google.com/noto), y vuelva a cargar esta página, o imprima desde otro dispositivo.',
    inFile:
      'El archivo contiene esos caracteres, pero solo se ve bien en un dispositivo con una fuente adecuada, como Noto (fonts.google.com/noto).',
  },
  preview: {
    video: 'Vista previa de los subtítulos',
    label: 'Vista previa',
  },
}
