export default {
  dialog: {
    title: 'Baixar',
    format: 'Formato',
    lineLength: 'Caracteres por linha',
    lines: 'Linhas por vez',
    fps: 'Quadros por segundo',
    speakers: 'Falantes',
    times: 'Tempos',
    pdf: 'PDF, pela impressão',
    print: 'Imprimir ou salvar como PDF',
    cancel: 'Cancelar',
  },
  preview: {
    video: 'Prévia das legendas',
    label: 'Prévia',
    failed: 'Não foi possível carregar a prévia.',
  },
}
