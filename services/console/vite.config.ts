import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['@cordon/source', ...defaultClientConditions] },
  // MapLibre loads its worker from a file beside it, which pre-bundling would move.
  optimizeDeps: { exclude: ['maplibre-gl'] },
  build: {
    // The content security policy allows no data: or inline scripts, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    // MapLibre is one module of about 1 MB; it is cached apart from the application's own code.
    chunkSizeWarningLimit: 1400,
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'maplibre', test: /node_modules\/(maplibre-gl|pmtiles)/ }] } },
    },
  },
})
