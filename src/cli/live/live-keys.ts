import type { Key } from '../terminal/keyboard.ts';
import { type LiveState, selectedProcess } from './live-state.ts';

/** What a key asks of the world; changes of the view alone are made in the state at once. */
export interface Action {
  /** `recall`: the filter or search changed, and earlier lines are to be shown again under it. */
  type: 'quit' | 'restart' | 'open' | 'clear' | 'recall' | 'redraw';
  /** Of a service; for `open` it may be missing and means the first route. */
  name?: string;
}

/** Changes the state as the key says, and tells what else is to be done; undefined for a key without meaning. */
export function pressKey(state: LiveState, key: Key): Action | undefined {
  state.message = undefined;
  if (key.ctrl && key.name === 'c') return { type: 'quit' };
  return state.searching ? typeSearch(state, key) : command(state, key);
}

function typeSearch(state: LiveState, key: Key): Action | undefined {
  if (key.name === 'return' || key.name === 'enter') {
    state.searching = false;
    return { type: 'recall' };
  }
  if (key.name === 'escape') {
    state.searching = false;
    state.search = '';
    return { type: 'recall' };
  }
  if (key.name === 'backspace') state.search = [...state.search].slice(0, -1).join('');
  else if (key.sequence && !key.ctrl && !key.meta && !/\p{Cc}/u.test(key.sequence)) state.search += key.sequence;
  return { type: 'redraw' };
}

function command(state: LiveState, key: Key): Action | undefined {
  const count = state.status.processes.length;
  switch (key.name ?? key.sequence) {
    case 'q':
      return { type: 'quit' };
    case 'down':
    case 'j':
      state.selected = Math.min(count - 1, (state.selected ?? -1) + 1);
      return { type: 'redraw' };
    case 'up':
    case 'k':
      state.selected = Math.max(0, (state.selected ?? count) - 1);
      return { type: 'redraw' };
    case 'escape': {
      const recalled = state.only !== undefined || state.search !== '';
      Object.assign(state, { selected: undefined, only: undefined, search: '', help: false });
      return { type: recalled ? 'recall' : 'redraw' };
    }
    case 'f':
      return filter(state);
    case 'r':
      return onSelected(state, 'restart', (name) => ({ type: 'restart', name }));
    case 'o':
      return { type: 'open', name: selectedProcess(state)?.name };
    case 'l':
      return { type: 'clear' };
    default:
      return bySequence(state, key);
  }
}

/** Signs have no name of their own in every version of `readline`. */
function bySequence(state: LiveState, key: Key): Action | undefined {
  if (key.sequence === '?') state.help = !state.help;
  else if (key.sequence === '/') Object.assign(state, { searching: true, search: '' });
  else return undefined;
  return { type: 'redraw' };
}

function filter(state: LiveState): Action {
  const name = selectedProcess(state)?.name;
  if (name === undefined || state.only === name) state.only = undefined;
  else state.only = name;
  if (name === undefined) state.message = 'choose a service with ↑ ↓ first';
  return { type: name === undefined ? 'redraw' : 'recall' };
}

function onSelected(state: LiveState, verb: string, action: (name: string) => Action): Action {
  const process = selectedProcess(state);
  if (process) return action(process.name);
  state.message = `choose a service with ↑ ↓ to ${verb} it`;
  return { type: 'redraw' };
}
