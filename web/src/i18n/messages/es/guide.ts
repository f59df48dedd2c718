export default {
  title: 'Primeros pasos',
  sample: {
    title: 'Prueba el ejemplo',
    says: 'Una grabación corta, puesta en el formulario de arriba: transcríbela y mira el texto.',
    use: 'Usar el ejemplo',
  },
  own: {
    title: 'Toma algo tuyo',
    says: 'Elige un archivo arriba, graba algo o pega un enlace.',
  },
  key: {
    title: 'Crea una clave de API',
    says: 'Los programas y scripts envían grabaciones con ella. Cada clave dice qué permite.',
    go: 'Ir a las claves de API',
  },
}
