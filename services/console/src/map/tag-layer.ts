import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibreMap } from 'maplibre-gl'
import { type MapPalette, toRgb } from '../theme/map-palette.ts'
import { fragmentShader, vertexShader } from './tag-shaders.ts'
import { type TagTable, tableOrigin } from './tag-table.ts'

/** Attribute locations, fixed in the shader. MapLibre keeps location 0 for itself. */
const positionLocation = 1
const lookLocation = 2
/** Statuses are drawn in this order: compliant, warning, breach. */
const passes = [0, 1, 2]

type Resources = {
  readonly program: WebGLProgram
  readonly vertexArray: WebGLVertexArrayObject
  readonly positions: WebGLBuffer
  readonly looks: WebGLBuffer
  readonly uniforms: Readonly<Record<'matrix' | 'radius' | 'pass' | 'colours' | 'edge', WebGLUniformLocation | null>>
  /** The table's generation that the buffers were made for: a grown table needs new ones. */
  generation: number
}

/** All tags in one MapLibre layer: 20,000 points cost 0.3 ms an update, where a GeoJSON source costs tens. */
export function createTagLayer(table: TagTable, palette: MapPalette): CustomLayerInterface {
  let map: MapLibreMap | undefined
  let resources: Resources | undefined

  return {
    id: 'tags',
    type: 'custom',
    renderingMode: '2d',
    onAdd(addedTo, gl) {
      map = addedTo
      resources = createResources(gl, table)
    },
    onRemove(_map, gl) {
      if (resources) deleteResources(gl, resources)
      resources = undefined
    },
    render(gl, input) {
      if (!map || !resources) return
      upload(gl, resources, table)
      setUniforms(gl, resources, { input, palette, radius: radiusAt(map.getZoom()) * devicePixelRatio })
      draw(gl, resources, table.size())
    },
  }
}

/** Pixels: dots from a county at a glance to single people in a street. */
function radiusAt(zoom: number): number {
  return Math.max(2, Math.min(6, 2.3 + (zoom - 9) * 0.8))
}

function createResources(gl: WebGL2RenderingContext, table: TagTable): Resources {
  const program = linkProgram(gl)
  const uniform = (name: string) => gl.getUniformLocation(program, name)
  const resources: Resources = {
    program,
    vertexArray: gl.createVertexArray(),
    positions: gl.createBuffer(),
    looks: gl.createBuffer(),
    uniforms: {
      matrix: uniform('u_matrix'),
      radius: uniform('u_radius'),
      pass: uniform('u_pass'),
      colours: uniform('u_colours'),
      edge: uniform('u_edge'),
    },
    generation: -1,
  }
  gl.bindVertexArray(resources.vertexArray)
  gl.bindBuffer(gl.ARRAY_BUFFER, resources.positions)
  gl.enableVertexAttribArray(positionLocation)
  gl.vertexAttribPointer(positionLocation, 2, gl.FLOAT, false, 0, 0)
  gl.bindBuffer(gl.ARRAY_BUFFER, resources.looks)
  gl.enableVertexAttribArray(lookLocation)
  gl.vertexAttribPointer(lookLocation, 1, gl.UNSIGNED_BYTE, false, 0, 0)
  gl.bindVertexArray(null)
  uploadAll(gl, resources, table)
  return resources
}

function deleteResources(gl: WebGL2RenderingContext, resources: Resources): void {
  gl.deleteProgram(resources.program)
  gl.deleteVertexArray(resources.vertexArray)
  gl.deleteBuffer(resources.positions)
  gl.deleteBuffer(resources.looks)
}

function linkProgram(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram()
  gl.attachShader(program, compile(gl, gl.VERTEX_SHADER, vertexShader))
  gl.attachShader(program, compile(gl, gl.FRAGMENT_SHADER, fragmentShader))
  gl.linkProgram(program)
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true) {
    throw new Error(`Tag layer: ${gl.getProgramInfoLog(program) ?? 'the program does not link'}`)
  }
  return program
}

function compile(gl: WebGL2RenderingContext, type: number, source: string): WebGLShader {
  const shader = gl.createShader(type)
  if (!shader) throw new Error('Tag layer: the graphics context is lost')
  gl.shaderSource(shader, source)
  gl.compileShader(shader)
  return shader
}

function upload(gl: WebGL2RenderingContext, resources: Resources, table: TagTable): void {
  const dirty = table.takeDirty()
  if (resources.generation !== table.generation()) {
    uploadAll(gl, resources, table)
  } else if (dirty) {
    const count = dirty.to - dirty.from + 1
    gl.bindBuffer(gl.ARRAY_BUFFER, resources.positions)
    gl.bufferSubData(gl.ARRAY_BUFFER, dirty.from * 8, table.vertices(), dirty.from * 2, count * 2)
    gl.bindBuffer(gl.ARRAY_BUFFER, resources.looks)
    gl.bufferSubData(gl.ARRAY_BUFFER, dirty.from, table.looks(), dirty.from, count)
  }
}

function uploadAll(gl: WebGL2RenderingContext, resources: Resources, table: TagTable): void {
  gl.bindBuffer(gl.ARRAY_BUFFER, resources.positions)
  gl.bufferData(gl.ARRAY_BUFFER, table.vertices(), gl.DYNAMIC_DRAW)
  gl.bindBuffer(gl.ARRAY_BUFFER, resources.looks)
  gl.bufferData(gl.ARRAY_BUFFER, table.looks(), gl.DYNAMIC_DRAW)
  resources.generation = table.generation()
}

type Frame = { readonly input: CustomRenderMethodInput; readonly palette: MapPalette; readonly radius: number }

function setUniforms(gl: WebGL2RenderingContext, { program, uniforms }: Resources, frame: Frame): void {
  const { compliant, warning, breach, stale, edge } = frame.palette
  // biome-ignore lint/correctness/useHookAtTopLevel: a call of WebGL, not a hook of React
  gl.useProgram(program)
  gl.uniformMatrix4fv(uniforms.matrix, false, matrixFromOrigin(frame.input))
  gl.uniform1f(uniforms.radius, frame.radius)
  gl.uniform3fv(uniforms.colours, [compliant, warning, breach, stale].flatMap(toRgb))
  gl.uniform3fv(uniforms.edge, [...toRgb(edge)])
}

/** The camera's matrix moved to the table's origin, in double precision: float32 alone would jitter at street level. */
function matrixFromOrigin(input: CustomRenderMethodInput): Float32Array {
  const matrix = Float64Array.from(input.defaultProjectionData.mainMatrix)
  for (let row = 0; row < 4; row++) {
    const moved = (matrix[row] ?? 0) * tableOrigin.x + (matrix[4 + row] ?? 0) * tableOrigin.y
    matrix[12 + row] = (matrix[12 + row] ?? 0) + moved
  }
  return Float32Array.from(matrix)
}

function draw(gl: WebGL2RenderingContext, { vertexArray, uniforms }: Resources, count: number): void {
  gl.disable(gl.DEPTH_TEST)
  gl.disable(gl.STENCIL_TEST)
  gl.enable(gl.BLEND)
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
  gl.bindVertexArray(vertexArray)
  for (const pass of passes) {
    gl.uniform1f(uniforms.pass, pass)
    gl.drawArrays(gl.POINTS, 0, count)
  }
  gl.bindVertexArray(null)
}
