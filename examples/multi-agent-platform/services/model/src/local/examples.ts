/** What a task may ask for. */
export type Intent =
  | 'calculate'
  | 'date'
  | 'convert'
  | 'statistics'
  | 'summarise'
  | 'remember'
  | 'recall'
  | 'program'
  | 'converse';

/** What the classifier learns from: how people ask for each thing. */
export const examples: Record<Intent, readonly string[]> = {
  calculate: [
    'what is 12 * 7', 'what is 15% of 80', 'calculate 3.5 + 4.25', 'how much is 120 divided by 8', 'compute the square root of 144',
    '2 + 2', '(4 + 5) * 6 / 3', 'what is 18 percent of 2400', 'add 17 and 25', 'what is the average of 4, 8 and 15',
    'what is 9 squared', 'multiply 14 by 22', 'how much is 20% off 59', 'what is 7 to the power of 3', 'what do I get if I take 18 from 90',
    'what is the sum of 3, 5 and 8', 'half of 350', 'work out 1250 * 1.19', 'what is 1000 minus 37', 'evaluate 5! / 3!',
    'what is 8 times 12', 'whats 45 + 17', 'sqrt(2) * 10', 'how much are 3 times 19.99', 'what is 5 percent of 12,000',
  ],
  date: [
    'how many days until 2027-01-01', 'how many days are left until christmas', 'what day of the week is 2026-05-04',
    'how many days between 2026-01-01 and 2026-12-31', 'what date is 90 days from today', 'what date is it in 3 weeks',
    'how long is it until 2028-02-29', 'which weekday was 2000-01-01', 'what is the date today', 'what is 45 days after 2026-03-01',
    'how many days since 2020-06-15', 'how many weeks until 1 january 2030', 'what date was 2 months before 2025-08-31',
    'when is 100 days from now', 'days from 2024-02-01 to 2024-03-01', 'what weekday is 5 march 2027', 'how many days ago was 2025-01-01',
    'what day is today', 'how many days to new year', 'add 6 weeks to 2026-10-10', 'how much time is left until 2027-07-01',
  ],
  convert: [
    'convert 5 miles to kilometres', 'how many feet are in 10 metres', 'what is 72 fahrenheit in celsius', '100 km/h in mph',
    'convert 3 kg to pounds', 'how many grams are in an ounce', 'how many litres is 4 gallons', '12 inches to cm', 'what is 2 gb in mb',
    'convert 90 minutes to hours', 'how many seconds in a week', 'turn 68 kilograms into pounds', '37 celsius in fahrenheit',
    'how many acres is 2 hectares', 'express 26.2 miles in km', 'how many metres are in a mile', '250 ml in pints', '30 knots in km/h',
  ],
  statistics: [
    'how many words are in this text', 'count the words in the following', 'how many characters does this have', 'give me statistics of this text',
    'what are the most frequent words in', 'how long does it take to read this', 'count the sentences', 'analyse this text',
    'word count of', 'how many sentences are there in this paragraph', 'what is the longest word in', 'text statistics for the following',
    'how often do words occur in this text', 'measure the length of this passage', 'count words and characters',
  ],
  summarise: [
    'summarise this text', 'summarize the following', 'give me a summary of this', 'sum this up in two sentences', 'tl;dr', 'shorten this text',
    'what are the main points of this', 'make a short version of the following article', 'summarise in one sentence', 'condense this paragraph',
    'what is the gist of this', 'boil this down to 3 sentences', 'summarize this report in short', 'the key points of the following please',
    'give me the essence of this text',
  ],
  remember: [
    'remember that the server room is on the third floor', 'please remember my favourite colour is green', 'note that the meeting moved to friday',
    "don't forget that anna is on holiday", 'keep in mind that the budget is 5000', 'remember this', 'save a note', 'make a note that the key is under the mat',
    'store this for later', 'note down that paul prefers tea', 'remember the door code changes on mondays', 'write down that the invoice is due',
    'please keep a note of this', 'memorise that the launch is in may', 'i want you to remember that we use port 8080',
  ],
  recall: [
    'what do you know about the server room', 'what did i tell you about anna', 'do you remember my favourite colour', 'what have i told you',
    'recall the meeting', 'what notes do i have about the budget', 'find my notes on the launch', 'search my notes for invoice',
    'what do you remember about paul', 'do you know anything about the door code', 'show me what you remember', 'look up what i said about the key',
    'which notes mention friday', 'tell me what you know about our port', 'remind me what i said about the project',
  ],
  program: [
    'run this code', 'execute this javascript', 'run [1, 2, 3].map((x) => x * x)', 'evaluate this program', 'what does this code return',
    'run the following snippet', 'execute const a = 1; a + 2', 'run `Math.max(3, 9)`', 'what is the output of this function',
    'run this script in the sandbox', 'execute the program below', 'try this javascript', 'run for (let i = 0; i < 3; i++) {}',
    'Array.from({ length: 5 }, (_, i) => i * 2)', 'what does `"abc".split("")` give',
  ],
  converse: [
    'tell me a story about the sea', 'write a few sentences about autumn', 'hello', 'who are you', 'describe a city at night', 'say something about bread',
    'write a short text about gardens', 'how are you', 'what can you do', 'tell me something about computers', 'write a poem about rain',
    'make up a sentence', 'talk to me about mountains', 'good morning', 'thank you', 'write about trains', 'tell me about the weather',
    'give me an idea for the weekend', 'what is a database', 'why is the sky blue',
  ],
};
