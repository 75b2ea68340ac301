/** What the n-gram model learns from: plain sentences, written for it, a few on each of several subjects. */
export const corpus: readonly string[] = `
The sea is quiet in the morning and loud in the evening.
A small ship leaves the harbour before the sun is up.
The captain reads the wind and turns the ship towards the open sea.
Waves carry the light of the moon to the shore.
Old sailors say that the sea gives back what it takes.
A lighthouse stands on the rock and counts the ships that pass.
In the harbour the nets are dry and the boats are painted blue.
The tide comes in slowly and covers the sand.
Autumn begins when the light turns gold and the air smells of leaves.
In autumn the garden is cut back and the last apples are picked.
Rain falls on the roof and the house becomes a warm place.
After the rain the streets shine and the air is clear.
The wind brings the smell of snow from the mountains.
A cloud is water that has not yet decided where to fall.
Snow makes the city quiet and the night bright.
The sky is blue because the air scatters blue light more than red light.
In the evening the light has a longer way through the air and the sky turns red.
The weather changes quickly near the mountains.
A garden needs water, patience and a plan for the winter.
In the garden the beans climb and the tomatoes wait for the sun.
Bees visit every flower and carry the garden from one to the next.
A good soil is dark, loose and full of small life.
Bread is flour, water, salt and time.
The baker gets up at three and the bread is warm at six.
A slow dough makes a bread with more taste.
The smell of bread brings people to the table.
Soup is what remains of the week when it is cooked with care.
A kitchen is a workshop where everything can be eaten.
The city wakes up with the first tram and the first coffee.
At night the city is a map of lights.
A bridge joins two parts of the city that did not know each other.
In the market people talk about prices and mean the weather.
Every street has a window where someone waters the flowers.
The train crosses the plain and stops at a small station.
From the train the fields pass like pages of a long book.
A station is a place where people learn to wait.
The last train is never full and always late.
The mountain looks near in clear air and far in the rain.
Whoever walks in the mountains starts early and turns back in time.
A path is made by those who walked there before.
On the summit the wind is cold and the view is wide.
A computer does what it is told and not what was meant.
A program is a plan that a machine can follow.
A good program is short, has clear names and says what went wrong.
A database keeps what must not be lost.
A database answers questions about what was written down before.
A transaction is done as a whole or not at all.
An index makes a database fast when it reads and a little slower when it writes.
A queue keeps messages until somebody has time for them.
A message is sent once and may arrive twice, so the receiver has to know.
A service does one thing and tells the others how it went.
When a service fails the others must notice and go on.
A test shows that a program does what it should, and a good test can fail.
A cache is quick because it remembers, and wrong because it remembers too long.
A network is never as reliable as the drawing of it.
Logs tell what happened and traces tell where.
A container carries a program and what it needs.
A cluster runs many containers and moves them when a machine fails.
A secret that is written into a file is no longer a secret.
A small model can say what it has read and no more.
I am a small model that was trained on a few pages when this service started.
I can calculate, count days, convert units, summarise a text and remember what you tell me.
I work with tools, and the tools do what I cannot do myself.
Ask me for a sum, a date, a summary or a note.
Hello, it is good to see you here.
Thank you for the question, it is a good one.
A plan is made in the morning and changed in the evening.
A good idea for the weekend is a long walk and a short list.
Work goes well when everybody knows what is next.
A meeting is short when the question is clear.
A letter takes longer to write than to read, and that is polite.
Books are patient friends who never interrupt.
A story begins when somebody leaves the house.
A story ends when somebody comes back and is not the same.
In the story a girl finds a key and looks for the door.
The door opens into a garden where it is always evening.
Music is time that somebody has put in order.
A poem is a short text that takes a long time.
The night is long in winter and the stories are longer.
A cat sleeps where the sun is and knows the house better than its owner.
The dog waits at the door and believes in the return of everybody.
Birds leave in autumn and the sky becomes wide and empty.
A river is the shortest way that water could find.
The river carries sand to the sea and the sea brings it back as rain.
A forest is quiet only for those who do not listen.
Trees grow slowly and all at once in spring.
In spring the days are longer and the windows are open.
Summer is loud in the day and warm in the night.
The moon turns around the earth and always shows the same side.
Light from the sun needs about eight minutes to reach the earth.
`
  .trim()
  .split('\n');
