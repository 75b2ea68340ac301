import { useState } from 'react';

const suggestions = [
  { label: 'Calculate and count days', prompt: 'What is 17% of 2,350, and how many days until 2027-01-01?' },
  { label: 'Convert', prompt: 'Convert 26.2 miles to km, and how many feet are in 10 metres?' },
  { label: 'Remember', prompt: 'Remember that the server room is on the third floor.' },
  { label: 'Recall', prompt: 'What do you know about the server room?' },
  { label: 'Run code', prompt: 'Run: [1, 2, 3, 4].map((n) => n ** 2)' },
];

/** The box in which a task is typed. Enter hands it in; shift and enter begins a new line. */
export function TaskForm({ busy, onSubmit }: { busy: boolean; onSubmit: (prompt: string) => void }) {
  const [prompt, setPrompt] = useState('');
  const ready = prompt.trim() !== '' && !busy;
  return (
    <form
      className="task-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSubmit(prompt.trim());
      }}
    >
      <label htmlFor="task">Task</label>
      <textarea
        id="task"
        rows={2}
        maxLength={20_000}
        placeholder="Ask for a sum, a date, a conversion, a summary, a note …"
        value={prompt}
        onChange={(event) => setPrompt(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault();
            event.currentTarget.form?.requestSubmit();
          }
        }}
      />
      <div className="task-form-foot">
        <ul className="suggestions" aria-label="Suggestions">
          {suggestions.map(({ label, prompt: text }) => (
            <li key={label}>
              <button type="button" onClick={() => setPrompt(text)}>
                {label}
              </button>
            </li>
          ))}
        </ul>
        <button type="submit" className="run" disabled={!ready}>
          {busy ? 'Running …' : 'Run task'}
        </button>
      </div>
    </form>
  );
}
