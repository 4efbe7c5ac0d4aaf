/** Light and dark by what the reader's system says; three series told apart by lightness as well as by hue. */
export const STYLE = `
:root { color-scheme: light dark; --page: #ffffff; --ink: #1b1f24; --quiet: #5a6570; --rule: #d8dee4; --cordon: #0b57d0; --naive: #c4501b; --fifth: #7a7f87; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --page: #14181d; --ink: #e6e9ed; --quiet: #a3adb8; --rule: #333b44; --cordon: #7fb0ff; --naive: #ff9d66; --fifth: #9aa1aa; --bad: #ff8a80; } }
body { margin: 0 auto; max-width: 980px; padding: 24px 16px 64px; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 26px; } h2 { margin-top: 40px; font-size: 20px; } h3 { font-size: 16px; }
p { max-width: 76ch; } .scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13px; } th, td { padding: 4px 10px 4px 0; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; }
th { color: var(--quiet); font-weight: 600; } td:first-child { min-width: 15em; } .missed { color: var(--bad); font-weight: 700; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)); gap: 16px; } svg { width: 100%; height: auto; display: block; }
svg text { fill: var(--ink); font: 11px system-ui, sans-serif; } svg .title { font-size: 13px; font-weight: 600; } svg .tick, svg .label { fill: var(--quiet); }
.grid { stroke: var(--rule); stroke-width: 1; } .goal { stroke: var(--bad); stroke-width: 1; stroke-dasharray: 5 4; } .curve { fill: none; stroke-width: 2; } .dot { fill: var(--page); stroke-width: 2; }
.cordon, .confirmed { stroke: var(--cordon); } .naive { stroke: var(--naive); } .fifth-point { stroke: var(--fifth); } .possible { stroke: var(--naive); }
.chosen.cordon, .chosen.confirmed { fill: var(--cordon); } .chosen.naive, .chosen.possible { fill: var(--naive); } .chosen.fifth-point { fill: var(--fifth); }
.legend { display: flex; gap: 20px; list-style: none; padding: 0; } .legend li::before { content: ''; display: inline-block; width: 12px; height: 12px; margin-right: 6px; border-radius: 50%; background: var(--key); }
`
