<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>lens</name>
    <message>
        <source>token batches</source>
        <translation>Token-Batches</translation>
    </message>
    <message>
        <source>JSON lines</source>
        <translation>JSON-Zeilen</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>No run is in view.</source>
        <translation>Es wird kein Lauf gezeigt.</translation>
    </message>
    <message>
        <source>The engine is starting.</source>
        <translation>Die Engine startet.</translation>
    </message>
    <message>
        <source>The engine is not running.</source>
        <translation>Die Engine läuft nicht.</translation>
    </message>
    <message>
        <source>The engine program training-lens-engine was not found beside the window.</source>
        <translation>Das Programm training-lens-engine wurde neben dem Fensterprogramm nicht gefunden.</translation>
    </message>
    <message>
        <source>The run was started before.</source>
        <translation>Der Lauf wurde schon gestartet.</translation>
    </message>
    <message>
        <source>Starts the training in its own process. It goes on when the window is closed.</source>
        <translation>Startet das Training in einem eigenen Prozess. Es geht weiter, wenn das Fenster geschlossen wird.</translation>
    </message>
    <message>
        <source>The run is finished. Copy it as a new run to train on.</source>
        <translation>Der Lauf ist fertig. Kopieren Sie ihn als neuen Lauf, um weiterzutrainieren.</translation>
    </message>
    <message>
        <source>Only a run that ended early can be resumed.</source>
        <translation>Nur ein vorzeitig beendeter Lauf kann fortgesetzt werden.</translation>
    </message>
    <message>
        <source>There is no checkpoint: the run begins again at step 0. What was recorded stays.</source>
        <translation>Es gibt keinen Checkpoint: Der Lauf beginnt wieder bei Schritt 0. Das Aufgezeichnete bleibt.</translation>
    </message>
    <message>
        <source>Goes on from checkpoint %1. Numbers after it stay in the record, marked as replaced.</source>
        <translation>Geht von Checkpoint %1 weiter. Spätere Zahlen bleiben aufgezeichnet und werden als ersetzt markiert.</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>Sent; the engine answers after the current step.</source>
        <translation>Gesendet; die Engine antwortet nach dem laufenden Schritt.</translation>
    </message>
    <message>
        <source>The engine is still preparing.</source>
        <translation>Die Engine bereitet noch vor.</translation>
    </message>
    <message>
        <source>The run is stopping.</source>
        <translation>Der Lauf wird beendet.</translation>
    </message>
    <message>
        <source>Training goes on with the next step.</source>
        <translation>Das Training geht mit dem nächsten Schritt weiter.</translation>
    </message>
    <message>
        <source>Holds after the current step. Everything stays in memory; nothing is lost.</source>
        <translation>Hält nach dem laufenden Schritt an. Alles bleibt im Speicher; nichts geht verloren.</translation>
    </message>
    <message>
        <source>The engine is still preparing; there is nothing to save yet.</source>
        <translation>Die Engine bereitet noch vor; es gibt noch nichts zu sichern.</translation>
    </message>
    <message>
        <source>The run is stopping and saves a checkpoint by itself.</source>
        <translation>Der Lauf wird beendet und sichert selbst einen Checkpoint.</translation>
    </message>
    <message>
        <source>Saves adapter, optimizer and all states after the current step; training goes on.</source>
        <translation>Sichert nach dem laufenden Schritt Adapter, Optimierer und alle Zustände; das Training geht weiter.</translation>
    </message>
    <message>
        <source>The run is stopping: it finishes the step and saves a checkpoint.</source>
        <translation>Der Lauf wird beendet: Er schließt den Schritt ab und sichert einen Checkpoint.</translation>
    </message>
    <message>
        <source>Finishes the step, saves a checkpoint and ends. The run can be resumed exactly there.</source>
        <translation>Schließt den Schritt ab, sichert einen Checkpoint und endet. Der Lauf kann genau dort fortgesetzt werden.</translation>
    </message>
    <message>
        <source>The engine runs on another machine.</source>
        <translation>Die Engine läuft auf einem anderen Rechner.</translation>
    </message>
    <message>
        <source>Ends the engine at once. %1</source>
        <translation>Beendet die Engine sofort. %1</translation>
    </message>
    <message>
        <source>An engine is at work in this run; stop it first.</source>
        <translation>In diesem Lauf arbeitet eine Engine; beenden Sie sie zuerst.</translation>
    </message>
    <message>
        <source>Moves the run&apos;s folder to the trash of the desktop.</source>
        <translation>Verschiebt den Ordner des Laufs in den Papierkorb.</translation>
    </message>
    <message>
        <source>There is no checkpoint yet: the recorded numbers are kept, the training done so far is lost.</source>
        <translation>Es gibt noch keinen Checkpoint: Die aufgezeichneten Zahlen bleiben, das bisherige Training geht verloren.</translation>
    </message>
    <message>
        <source>Kept: checkpoint %1 and all recorded numbers. Lost: the training since then.</source>
        <translation>Bleibt: Checkpoint %1 und alle aufgezeichneten Zahlen. Verloren geht: das Training seitdem.</translation>
    </message>
    <message>
        <source>Opens the form with this run&apos;s settings.</source>
        <translation>Öffnet das Formular mit den Einstellungen dieses Laufs.</translation>
    </message>
    <message>
        <source>Changes the name shown; the folder keeps its own.</source>
        <translation>Ändert den angezeigten Namen; der Ordner behält seinen.</translation>
    </message>
    <message>
        <source>Words to find the run by.</source>
        <translation>Wörter, mit denen der Lauf gefunden wird.</translation>
    </message>
    <message>
        <source>Opens the run&apos;s folder in the file manager.</source>
        <translation>Öffnet den Ordner des Laufs in der Dateiverwaltung.</translation>
    </message>
    <message>
        <source>All modules are learning</source>
        <translation>Alle Module lernen</translation>
    </message>
    <message>
        <source>All {count} adapted modules change their weights since the warm-up ended (looked at up to step {step}).</source>
        <translation>Alle {count} angepassten Module ändern seit dem Ende der Aufwärmphase ihre Gewichte (betrachtet bis Schritt {step}).</translation>
    </message>
    <message>
        <source>Modules do not learn</source>
        <translation>Module lernen nicht</translation>
    </message>
    <message>
        <source>{idle} of {count} adapted modules did not change in {rows} readings up to step {step}: {names}. Their B is still 0, or their updates are below a thousandth of the other modules&apos;. Check that target_modules names layers that the data reaches, and that the learning rate is not too small.</source>
        <translation>{idle} von {count} angepassten Modulen haben sich in {rows} Messungen bis Schritt {step} nicht geändert: {names}. Ihr B ist noch 0, oder ihre Änderungen liegen unter einem Tausendstel derer der anderen Module. Prüfen Sie, ob target_modules Schichten nennt, die von den Daten erreicht werden, und ob die Lernrate nicht zu klein ist.</translation>
    </message>
    <message>
        <source>Evaluation rises while training falls</source>
        <translation>Evaluation steigt, während das Training fällt</translation>
    </message>
    <message>
        <source>The last {count} evaluations are above {threshold}, which is {percent} % over the best evaluation loss {best} at step {best_step}, while the training loss still falls: the model learns the training data by heart. The checkpoint of step {best_step} is the one to keep; stop here, or start again with fewer steps, more data, a smaller rank or more dropout.</source>
        <translation>Die letzten {count} Evaluationen liegen über {threshold}, das sind {percent} % über dem besten Evaluationsverlust {best} bei Schritt {best_step}, während der Trainingsverlust noch fällt: Das Modell lernt die Trainingsdaten auswendig. Der Checkpoint von Schritt {best_step} ist der, den man behalten sollte; beenden Sie hier oder beginnen Sie neu mit weniger Schritten, mehr Daten, kleinerem Rang oder mehr Dropout.</translation>
    </message>
    <message>
        <source>Loss spike</source>
        <translation>Verlustausreißer</translation>
    </message>
    <message>
        <source>Loss rose and stayed high</source>
        <translation>Verlust stieg und blieb hoch</translation>
    </message>
    <message>
        <source>The training loss</source>
        <translation>Der Trainingsverlust</translation>
    </message>
    <message>
        <source>One such step is harmless when the loss comes back. If they repeat, look at the data of these steps, lower the learning rate or clip gradients lower.</source>
        <translation>Ein einzelner solcher Schritt ist harmlos, wenn der Verlust zurückkommt. Wiederholen sie sich, sehen Sie sich die Daten dieser Schritte an, senken Sie die Lernrate oder begrenzen Sie die Gradienten stärker.</translation>
    </message>
    <message>
        <source>Gradient spike</source>
        <translation>Gradientenausreißer</translation>
    </message>
    <message>
        <source>Gradient norm rose and stayed high</source>
        <translation>Gradientennorm stieg und blieb hoch</translation>
    </message>
    <message>
        <source>The gradient norm before clipping</source>
        <translation>Die Gradientennorm vor der Begrenzung</translation>
    </message>
    <message>
        <source>Such spikes often come before loss spikes. Clipping (max_grad_norm) bounds their effect; if they repeat, look at the data of these steps or lower the learning rate.</source>
        <translation>Solche Ausreißer gehen oft Verlustausreißern voraus. Die Begrenzung (max_grad_norm) beschränkt ihre Wirkung; wiederholen sie sich, sehen Sie sich die Daten dieser Schritte an oder senken Sie die Lernrate.</translation>
    </message>
    <message>
        <source>{subject} rose to {peak} and did not come down ({steps}); before, its median was {median}, and {threshold} was the limit. {advice}</source>
        <translation>{subject} stieg auf {peak} und ging nicht zurück ({steps}); davor lag der Median bei {median}, die Grenze war {threshold}. {advice}</translation>
    </message>
    <message>
        <source>{subject} reached {peak} at step {peak_step} ({steps}); its recent median was {median}, and {threshold} was the limit. {advice}</source>
        <translation>{subject} erreichte {peak} bei Schritt {peak_step} ({steps}); der Median zuletzt war {median}, die Grenze {threshold}. {advice}</translation>
    </message>
    <message>
        <source>Values that are not finite</source>
        <translation>Werte, die nicht endlich sind</translation>
    </message>
    <message>
        <source>At step {step} {parts}{tensor}. {count} steps of this run had such values so far. Resume from a checkpoint before step {step} with a lower learning rate or gradient clipping, or look at the data of this step.</source>
        <translation>Bei Schritt {step} {parts}{tensor}. Bisher hatten {count} Schritte dieses Laufs solche Werte. Setzen Sie von einem Checkpoint vor Schritt {step} mit kleinerer Lernrate oder mit Gradientenbegrenzung fort, oder sehen Sie sich die Daten dieses Schritts an.</translation>
    </message>
    <message>
        <source>is needed</source>
        <translation>wird gebraucht</translation>
    </message>
    <message>
        <source>num_train_epochs and max_steps are both 0</source>
        <translation>num_train_epochs und max_steps sind beide 0</translation>
    </message>
    <message>
        <source>set one of them: it says how long to train</source>
        <translation>setzen Sie eines davon: Es sagt, wie lange trainiert wird</translation>
    </message>
    <message>
        <source>the warm-up is as long as the run or longer</source>
        <translation>die Aufwärmphase ist so lang wie der Lauf oder länger</translation>
    </message>
    <message>
        <source>choose less than max_steps</source>
        <translation>wählen Sie weniger als max_steps</translation>
    </message>
    <message>
        <source>early stopping needs evaluation data</source>
        <translation>früher Abbruch braucht Evaluationsdaten</translation>
    </message>
    <message>
        <source>set data.eval_file or data.eval_split</source>
        <translation>setzen Sie data.eval_file oder data.eval_split</translation>
    </message>
    <message>
        <source>early stopping needs evaluations on the way</source>
        <translation>früher Abbruch braucht Evaluationen unterwegs</translation>
    </message>
    <message>
        <source>set evaluation.eval_steps above 0</source>
        <translation>setzen Sie evaluation.eval_steps über 0</translation>
    </message>
    <message>
        <source>an adapter cannot be continued when all weights are trained</source>
        <translation>ein Adapter kann nicht fortgeführt werden, wenn alle Gewichte trainiert werden</translation>
    </message>
    <message>
        <source>clear it or set adapter.method to lora</source>
        <translation>leeren Sie das Feld oder setzen Sie adapter.method auf lora</translation>
    </message>
    <message>
        <source>a whole number from {low} to {high}</source>
        <translation>eine ganze Zahl von {low} bis {high}</translation>
    </message>
    <message>
        <source>a number above {low} and below {high}</source>
        <translation>eine Zahl über {low} und unter {high}</translation>
    </message>
    <message>
        <source>a number above {low}, at most {high}</source>
        <translation>eine Zahl über {low}, höchstens {high}</translation>
    </message>
    <message>
        <source>a number from {low} to below {high}</source>
        <translation>eine Zahl von {low} bis unter {high}</translation>
    </message>
    <message>
        <source>a number from {low} to {high}</source>
        <translation>eine Zahl von {low} bis {high}</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>ein Text</translation>
    </message>
    <message>
        <source>a path</source>
        <translation>ein Pfad</translation>
    </message>
    <message>
        <source>one of {names}</source>
        <translation>eines von {names}</translation>
    </message>
    <message>
        <source>a list of texts</source>
        <translation>eine Liste von Texten</translation>
    </message>
    <message>
        <source>a list of module names, a regular expression or &quot;all-linear&quot;</source>
        <translation>eine Liste von Modulnamen, ein regulärer Ausdruck oder &quot;all-linear&quot;</translation>
    </message>
    <message>
        <source>found {value}, allowed {allowed}</source>
        <translation>gefunden: {value}, erlaubt: {allowed}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>How the run is called in the library. Empty: the name of the model and the data.</source>
        <translation>Wie der Lauf in der Bibliothek heißt. Leer: der Name des Modells und der Daten.</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Words to find and group runs by.</source>
        <translation>Wörter, mit denen Läufe gefunden und gruppiert werden.</translation>
    </message>
    <message>
        <source>Model folder</source>
        <translation>Modellordner</translation>
    </message>
    <message>
        <source>Folder of the base model in the Hugging Face layout (config.json, model.safetensors, tokenizer.json).</source>
        <translation>Ordner des Basismodells im Hugging-Face-Format (config.json, model.safetensors, tokenizer.json).</translation>
    </message>
    <message>
        <source>Weights in memory</source>
        <translation>Gewichte im Speicher</translation>
    </message>
    <message>
        <source>Number type of the base weights in memory. auto measures which of the two is faster and exact enough on this machine. The adapter is always float32.</source>
        <translation>Zahlentyp der Basisgewichte im Speicher. auto misst, welcher von beiden auf diesem Rechner schneller und genau genug ist. Der Adapter ist immer float32.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Where to compute: auto takes the first GPU if there is one, else the processor.</source>
        <translation>Wo gerechnet wird: auto nimmt die erste GPU, falls vorhanden, sonst den Prozessor.</translation>
    </message>
    <message>
        <source>auto, cpu or cuda:N</source>
        <translation>auto, cpu oder cuda:N</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Processor threads for the computation. 0: one for each physical core.</source>
        <translation>Prozessor-Threads für die Berechnung. 0: einer je physischem Kern.</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>lora trains small matrices beside the frozen weights; full trains all weights (for tiny models).</source>
        <translation>lora trainiert kleine Matrizen neben den eingefrorenen Gewichten; full trainiert alle Gewichte (für winzige Modelle).</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Rank of the adapter. Higher can learn more and needs more memory.</source>
        <translation>Rang des Adapters. Ein höherer kann mehr lernen und braucht mehr Speicher.</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>Scale of the adapter: its product is multiplied by lora_alpha / r. Often twice r.</source>
        <translation>Skalierung des Adapters: Sein Produkt wird mit lora_alpha / r multipliziert. Oft das Doppelte von r.</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Share of the adapter&apos;s inputs set to zero while training.</source>
        <translation>Anteil der Adaptereingaben, die beim Training auf null gesetzt werden.</translation>
    </message>
    <message>
        <source>Target modules</source>
        <translation>Zielmodule</translation>
    </message>
    <message>
        <source>Which linear layers get an adapter: a list of names such as [&quot;q_proj&quot;, &quot;v_proj&quot;], one regular expression that matches whole module paths, or &quot;all-linear&quot;.</source>
        <translation>Welche linearen Schichten einen Adapter bekommen: eine Liste von Namen wie [&quot;q_proj&quot;, &quot;v_proj&quot;], ein regulärer Ausdruck, der ganze Modulpfade trifft, oder &quot;all-linear&quot;.</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>Ausgangspunkt</translation>
    </message>
    <message>
        <source>Training data</source>
        <translation>Trainingsdaten</translation>
    </message>
    <message>
        <source>File with the rows to train on: JSONL, JSON, plain text, or safetensors with token batches.</source>
        <translation>Datei mit den Trainingszeilen: JSONL, JSON, reiner Text oder safetensors mit Token-Batches.</translation>
    </message>
    <message>
        <source>Evaluation data</source>
        <translation>Evaluationsdaten</translation>
    </message>
    <message>
        <source>File with rows that are only evaluated. Empty: a part of the training data is split off (eval_split).</source>
        <translation>Datei mit Zeilen, die nur ausgewertet werden. Leer: Ein Teil der Trainingsdaten wird abgezweigt (eval_split).</translation>
    </message>
    <message>
        <source>Evaluation share</source>
        <translation>Evaluationsanteil</translation>
    </message>
    <message>
        <source>Share of the rows kept for evaluation where there is no eval_file. 0: no evaluation.</source>
        <translation>Anteil der Zeilen, die ohne eval_file für die Evaluation zurückbehalten werden. 0: keine Evaluation.</translation>
    </message>
    <message>
        <source>Form of the rows</source>
        <translation>Form der Zeilen</translation>
    </message>
    <message>
        <source>Longest row</source>
        <translation>Längste Zeile</translation>
    </message>
    <message>
        <source>Tokens; longer rows are cut at the end.</source>
        <translation>Tokens; längere Zeilen werden am Ende abgeschnitten.</translation>
    </message>
    <message>
        <source>Train on prompts</source>
        <translation>Auf Prompts trainieren</translation>
    </message>
    <message>
        <source>Also learn the user&apos;s part of a row, not only the answer.</source>
        <translation>Auch den Teil des Benutzers lernen, nicht nur die Antwort.</translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation>Mischen</translation>
    </message>
    <message>
        <source>Take the rows in a new random order in every epoch.</source>
        <translation>Die Zeilen in jeder Epoche in neuer zufälliger Reihenfolge nehmen.</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Highest learning rate of the schedule.</source>
        <translation>Höchste Lernrate des Verlaufs.</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>How the learning rate goes down after the warm-up: as a cosine to 0, as a line to 0, or not at all.</source>
        <translation>Wie die Lernrate nach der Aufwärmphase fällt: als Kosinus auf 0, als Gerade auf 0 oder gar nicht.</translation>
    </message>
    <message>
        <source>Warm-up share</source>
        <translation>Anteil der Aufwärmphase</translation>
    </message>
    <message>
        <source>Share of all steps in which the learning rate rises from 0.</source>
        <translation>Anteil aller Schritte, in denen die Lernrate von 0 ansteigt.</translation>
    </message>
    <message>
        <source>Warm-up steps</source>
        <translation>Schritte der Aufwärmphase</translation>
    </message>
    <message>
        <source>Steps of the warm-up. Above 0 it wins over warmup_ratio.</source>
        <translation>Schritte der Aufwärmphase. Über 0 hat es Vorrang vor warmup_ratio.</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>How often the data is gone through; parts of one are allowed.</source>
        <translation>Wie oft die Daten durchlaufen werden; auch Bruchteile sind erlaubt.</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Optimizer steps of the run. Above 0 it wins over num_train_epochs.</source>
        <translation>Optimierungsschritte des Laufs. Über 0 hat es Vorrang vor num_train_epochs.</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Batchgröße</translation>
    </message>
    <message>
        <source>Rows that are computed together. Decides the memory needed.</source>
        <translation>Zeilen, die zusammen berechnet werden. Bestimmt den Speicherbedarf.</translation>
    </message>
    <message>
        <source>Gradient accumulation</source>
        <translation>Gradientenakkumulation</translation>
    </message>
    <message>
        <source>Batches whose gradients are added up for one step: rows per step = batch size × this.</source>
        <translation>Batches, deren Gradienten für einen Schritt addiert werden: Zeilen je Schritt = Batchgröße × diese Zahl.</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Gewichtsabnahme</translation>
    </message>
    <message>
        <source>Decoupled weight decay of AdamW.</source>
        <translation>Entkoppelte Gewichtsabnahme (weight decay) von AdamW.</translation>
    </message>
    <message>
        <source>Adam β1</source>
        <translation>Adam β1</translation>
    </message>
    <message>
        <source>Memory of the mean gradient.</source>
        <translation>Gedächtnis des mittleren Gradienten.</translation>
    </message>
    <message>
        <source>Adam β2</source>
        <translation>Adam β2</translation>
    </message>
    <message>
        <source>Memory of the mean squared gradient.</source>
        <translation>Gedächtnis des mittleren quadrierten Gradienten.</translation>
    </message>
    <message>
        <source>Adam ε</source>
        <translation>Adam ε</translation>
    </message>
    <message>
        <source>Added to the root of the mean squared gradient.</source>
        <translation>Wird zur Wurzel des mittleren quadrierten Gradienten addiert.</translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation>Gradientenbegrenzung</translation>
    </message>
    <message>
        <source>A gradient whose norm is larger is scaled down to this norm. 0: no clipping.</source>
        <translation>Ein Gradient mit größerer Norm wird auf diese Norm verkleinert. 0: keine Begrenzung.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Start of all random numbers: order of rows, split, fresh adapter, dropout.</source>
        <translation>Startwert aller Zufallszahlen: Reihenfolge der Zeilen, Aufteilung, neuer Adapter, Dropout.</translation>
    </message>
    <message>
        <source>At NaN or infinity</source>
        <translation>Bei NaN oder Unendlich</translation>
    </message>
    <message>
        <source>What a loss or gradient that is not a finite number does: stop with everything saved, or skip the step and count it.</source>
        <translation>Was ein Verlust oder Gradient bewirkt, der keine endliche Zahl ist: anhalten und alles sichern oder den Schritt auslassen und zählen.</translation>
    </message>
    <message>
        <source>Evaluate every</source>
        <translation>Evaluieren alle</translation>
    </message>
    <message>
        <source>Steps between evaluations; there is always one before the first and one after the last step. 0: only those.</source>
        <translation>Schritte zwischen Evaluationen; vor dem ersten und nach dem letzten Schritt gibt es immer eine. 0: nur diese.</translation>
    </message>
    <message>
        <source>Evaluation batch size</source>
        <translation>Batchgröße der Evaluation</translation>
    </message>
    <message>
        <source>Rows that are evaluated together.</source>
        <translation>Zeilen, die zusammen evaluiert werden.</translation>
    </message>
    <message>
        <source>Early stopping</source>
        <translation>Früher Abbruch</translation>
    </message>
    <message>
        <source>The run ends after this many evaluations in a row without a better one. 0: off.</source>
        <translation>Der Lauf endet nach so vielen Evaluationen in Folge ohne eine bessere. 0: aus.</translation>
    </message>
    <message>
        <source>Least improvement</source>
        <translation>Kleinste Verbesserung</translation>
    </message>
    <message>
        <source>By how much an evaluation loss must be lower to count as better.</source>
        <translation>Um wie viel ein Evaluationsverlust niedriger sein muss, um als besser zu gelten.</translation>
    </message>
    <message>
        <source>Sample prompts</source>
        <translation>Prompts für Proben</translation>
    </message>
    <message>
        <source>Prompts that are answered at every evaluation, to see the change in words.</source>
        <translation>Prompts, die bei jeder Evaluation beantwortet werden, um die Veränderung in Worten zu sehen.</translation>
    </message>
    <message>
        <source>Sample length</source>
        <translation>Länge der Proben</translation>
    </message>
    <message>
        <source>Most tokens of a sample.</source>
        <translation>Höchstzahl der Tokens einer Probe.</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Randomness of samples. 0: always the likeliest token.</source>
        <translation>Zufälligkeit der Proben. 0: immer das wahrscheinlichste Token.</translation>
    </message>
    <message>
        <source>Save every</source>
        <translation>Sichern alle</translation>
    </message>
    <message>
        <source>Steps between checkpoints; there is always one at the end. 0: only that.</source>
        <translation>Schritte zwischen Checkpoints; am Ende gibt es immer einen. 0: nur diesen.</translation>
    </message>
    <message>
        <source>Checkpoints kept</source>
        <translation>Aufbewahrte Checkpoints</translation>
    </message>
    <message>
        <source>The newest so many are kept, and the best one always. 0: all.</source>
        <translation>So viele der neuesten werden aufbewahrt, der beste immer. 0: alle.</translation>
    </message>
    <message>
        <source>Record every</source>
        <translation>Aufzeichnen alle</translation>
    </message>
    <message>
        <source>Steps between rows of metrics.</source>
        <translation>Schritte zwischen Messzeilen.</translation>
    </message>
    <message>
        <source>Record modules every</source>
        <translation>Module aufzeichnen alle</translation>
    </message>
    <message>
        <source>Steps between rows of numbers for each adapted module. 0: none.</source>
        <translation>Schritte zwischen Messzeilen für jedes angepasste Modul. 0: keine.</translation>
    </message>
    <message>
        <source>Training loss</source>
        <translation>Trainingsverlust</translation>
    </message>
    <message>
        <source>Mean cross entropy of the trained tokens of all micro-batches of the step, each token with the same weight, computed before the weights are updated.</source>
        <translation>Mittlere Kreuzentropie der trainierten Tokens aller Mikro-Batches des Schritts, jedes Token mit gleichem Gewicht, berechnet vor der Aktualisierung der Gewichte.</translation>
    </message>
    <message>
        <source>Evaluation loss</source>
        <translation>Evaluationsverlust</translation>
    </message>
    <message>
        <source>Mean cross entropy over all trained tokens of the evaluation data, dropout off, with the weights after this step (step 0: before training).</source>
        <translation>Mittlere Kreuzentropie über alle trainierten Tokens der Evaluationsdaten, ohne Dropout, mit den Gewichten nach diesem Schritt (Schritt 0: vor dem Training).</translation>
    </message>
    <message>
        <source>Learning rate that this step&apos;s update used, after warm-up and decay.</source>
        <translation>Lernrate, mit der dieser Schritt aktualisiert hat, nach Aufwärmphase und Abfall.</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>Gradientennorm</translation>
    </message>
    <message>
        <source>Global Euclidean norm of the accumulated gradient of all trained parameters, before clipping: the root of the sum of the squared norms of the tensors.</source>
        <translation>Globale euklidische Norm des akkumulierten Gradienten aller trainierten Parameter vor der Begrenzung: die Wurzel der Summe der quadrierten Normen der Tensoren.</translation>
    </message>
    <message>
        <source>Clip factor</source>
        <translation>Begrenzungsfaktor</translation>
    </message>
    <message>
        <source>Factor by which clipping scaled the gradient: min(1, c / norm); 1 means not clipped. Absent when clipping is off.</source>
        <translation>Faktor, mit dem die Begrenzung den Gradienten skaliert hat: min(1, c / Norm); 1 heißt nicht begrenzt. Fehlt, wenn die Begrenzung aus ist.</translation>
    </message>
    <message>
        <source>Gradient cosine</source>
        <translation>Gradientenkosinus</translation>
    </message>
    <message>
        <source>Cosine between the accumulated gradient of this step and that of the step before, over all trained parameters. Absent at the first step and where a norm is 0. Random directions in d dimensions scatter around 0 with standard deviation 1 / sqrt(d); two independent batches of size B are expected at 1 / (1 + noise scale / B), so a small positive value is healthy.</source>
        <translation>Kosinus zwischen dem akkumulierten Gradienten dieses Schritts und dem des vorigen, über alle trainierten Parameter. Fehlt beim ersten Schritt und wo eine Norm 0 ist. Zufällige Richtungen in d Dimensionen streuen um 0 mit Standardabweichung 1 / sqrt(d); zwei unabhängige Batches der Größe B sind bei 1 / (1 + Rauschskala / B) zu erwarten, ein kleiner positiver Wert ist also gesund.</translation>
    </message>
    <message>
        <source>Non-finite gradient values</source>
        <translation>Nicht endliche Gradientenwerte</translation>
    </message>
    <message>
        <source>Number of gradient elements of this step that are NaN or infinite.</source>
        <translation>Anzahl der Gradientenelemente dieses Schritts, die NaN oder unendlich sind.</translation>
    </message>
    <message>
        <source>Skipped steps</source>
        <translation>Ausgelassene Schritte</translation>
    </message>
    <message>
        <source>Steps since the start of the run whose update was left out because loss or gradient was not finite.</source>
        <translation>Schritte seit Beginn des Laufs, deren Aktualisierung ausgelassen wurde, weil Verlust oder Gradient nicht endlich war.</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>Passes over the training data so far, with the fraction of the current one.</source>
        <translation>Bisherige Durchläufe durch die Trainingsdaten, mit dem Anteil des laufenden.</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Tokens fed to the model since the start of the run, padding left out.</source>
        <translation>Tokens, die seit Beginn des Laufs ins Modell gingen, ohne Auffüllung.</translation>
    </message>
    <message>
        <source>Trained tokens</source>
        <translation>Trainierte Tokens</translation>
    </message>
    <message>
        <source>Tokens since the start of the run that counted in the loss.</source>
        <translation>Tokens seit Beginn des Laufs, die in den Verlust eingingen.</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>Tokens je Sekunde</translation>
    </message>
    <message>
        <source>Tokens of this step, padding left out, divided by the time of the step.</source>
        <translation>Tokens dieses Schritts, ohne Auffüllung, geteilt durch die Dauer des Schritts.</translation>
    </message>
    <message>
        <source>Trained tokens per second</source>
        <translation>Trainierte Tokens je Sekunde</translation>
    </message>
    <message>
        <source>Tokens of this step that counted in the loss, divided by the time of the step.</source>
        <translation>Tokens dieses Schritts, die in den Verlust eingingen, geteilt durch die Dauer des Schritts.</translation>
    </message>
    <message>
        <source>Step time</source>
        <translation>Schrittdauer</translation>
    </message>
    <message>
        <source>Wall time of the step without evaluation and saving.</source>
        <translation>Verstrichene Zeit des Schritts ohne Evaluation und Sichern.</translation>
    </message>
    <message>
        <source>Data time</source>
        <translation>Datenzeit</translation>
    </message>
    <message>
        <source>Part of the step time spent on reading, padding and moving batches.</source>
        <translation>Teil der Schrittdauer für Lesen, Auffüllen und Verschieben der Batches.</translation>
    </message>
    <message>
        <source>Forward time</source>
        <translation>Vorwärtszeit</translation>
    </message>
    <message>
        <source>Part of the step time spent in the forward passes.</source>
        <translation>Teil der Schrittdauer in den Vorwärtsdurchläufen.</translation>
    </message>
    <message>
        <source>Backward time</source>
        <translation>Rückwärtszeit</translation>
    </message>
    <message>
        <source>Part of the step time spent in the backward passes.</source>
        <translation>Teil der Schrittdauer in den Rückwärtsdurchläufen.</translation>
    </message>
    <message>
        <source>Optimizer time</source>
        <translation>Optimiererzeit</translation>
    </message>
    <message>
        <source>Part of the step time spent on clipping and the weight update.</source>
        <translation>Teil der Schrittdauer für Begrenzung und Aktualisierung der Gewichte.</translation>
    </message>
    <message>
        <source>Monitoring time</source>
        <translation>Messzeit</translation>
    </message>
    <message>
        <source>Part of the step time spent on computing and handing over these numbers.</source>
        <translation>Teil der Schrittdauer für das Berechnen und Übergeben dieser Zahlen.</translation>
    </message>
    <message>
        <source>Evaluation time</source>
        <translation>Evaluationszeit</translation>
    </message>
    <message>
        <source>Wall time of the evaluation after this step.</source>
        <translation>Verstrichene Zeit der Evaluation nach diesem Schritt.</translation>
    </message>
    <message>
        <source>Saving time</source>
        <translation>Sicherungszeit</translation>
    </message>
    <message>
        <source>Wall time of the checkpoints written since the row before.</source>
        <translation>Verstrichene Zeit der seit der vorigen Zeile geschriebenen Checkpoints.</translation>
    </message>
    <message>
        <source>Resident memory</source>
        <translation>Residenter Speicher</translation>
    </message>
    <message>
        <source>Main memory of the engine process that is resident at the end of the step (VmRSS of /proc/self/status).</source>
        <translation>Hauptspeicher des Engine-Prozesses, der am Ende des Schritts resident ist (VmRSS aus /proc/self/status).</translation>
    </message>
    <message>
        <source>Peak resident memory</source>
        <translation>Spitze des residenten Speichers</translation>
    </message>
    <message>
        <source>Largest resident memory of the engine process since its start (VmHWM of /proc/self/status).</source>
        <translation>Größter residenter Speicher des Engine-Prozesses seit seinem Start (VmHWM aus /proc/self/status).</translation>
    </message>
    <message>
        <source>Device memory in use</source>
        <translation>Belegter Gerätespeicher</translation>
    </message>
    <message>
        <source>Memory of the accelerator that tensors occupy at the end of the step. Absent without one.</source>
        <translation>Speicher des Beschleunigers, den Tensoren am Ende des Schritts belegen. Fehlt ohne Beschleuniger.</translation>
    </message>
    <message>
        <source>Device memory reserved</source>
        <translation>Reservierter Gerätespeicher</translation>
    </message>
    <message>
        <source>Memory of the accelerator that the allocator holds at the end of the step. Absent without one.</source>
        <translation>Speicher des Beschleunigers, den die Speicherverwaltung am Ende des Schritts hält. Fehlt ohne Beschleuniger.</translation>
    </message>
    <message>
        <source>Peak device memory</source>
        <translation>Spitze des Gerätespeichers</translation>
    </message>
    <message>
        <source>Largest memory of the accelerator that tensors occupied since the start. Absent without one.</source>
        <translation>Größter Speicher des Beschleunigers, den Tensoren seit dem Start belegten. Fehlt ohne Beschleuniger.</translation>
    </message>
    <message>
        <source>Norm of A</source>
        <translation>Norm von A</translation>
    </message>
    <message>
        <source>Frobenius norm of A after the step. Freshly initialised (Kaiming uniform, a = sqrt 5) it is expected at sqrt(r / 3).</source>
        <translation>Frobeniusnorm von A nach dem Schritt. Frisch initialisiert (Kaiming uniform, a = sqrt 5) ist sie bei sqrt(r / 3) zu erwarten.</translation>
    </message>
    <message>
        <source>Norm of B</source>
        <translation>Norm von B</translation>
    </message>
    <message>
        <source>Frobenius norm of B after the step. It starts at 0; while it stays there the module has not learned.</source>
        <translation>Frobeniusnorm von B nach dem Schritt. Sie beginnt bei 0; solange sie dort bleibt, hat das Modul nichts gelernt.</translation>
    </message>
    <message>
        <source>Norm of the weight change</source>
        <translation>Norm der Gewichtsänderung</translation>
    </message>
    <message>
        <source>Gradient norm of A</source>
        <translation>Gradientennorm von A</translation>
    </message>
    <message>
        <source>Frobenius norm of the accumulated gradient of A before clipping. Exactly 0 at the first step, as B is 0 then.</source>
        <translation>Frobeniusnorm des akkumulierten Gradienten von A vor der Begrenzung. Beim ersten Schritt genau 0, weil B dann 0 ist.</translation>
    </message>
    <message>
        <source>Gradient norm of B</source>
        <translation>Gradientennorm von B</translation>
    </message>
    <message>
        <source>Frobenius norm of the accumulated gradient of B before clipping.</source>
        <translation>Frobeniusnorm des akkumulierten Gradienten von B vor der Begrenzung.</translation>
    </message>
    <message>
        <source>Cosine between the accumulated gradient of A and B together and that of the step before. Absent at the first step and where a norm is 0.</source>
        <translation>Kosinus zwischen dem akkumulierten Gradienten von A und B zusammen und dem des vorigen Schritts. Fehlt beim ersten Schritt und wo eine Norm 0 ist.</translation>
    </message>
    <message>
        <source>Update ratio</source>
        <translation>Änderungsverhältnis</translation>
    </message>
    <message>
        <source>Norm of the change of s B A by this step, divided by the norm of the frozen matrix of the base model.</source>
        <translation>Norm der Änderung von s B A durch diesen Schritt, geteilt durch die Norm der eingefrorenen Matrix des Basismodells.</translation>
    </message>
    <message>
        <source>this folder holds an adapter, not a model</source>
        <translation>dieser Ordner enthält einen Adapter, kein Modell</translation>
    </message>
    <message>
        <source>choose its base model here, and the adapter in adapter.start_from</source>
        <translation>wählen Sie hier sein Basismodell und den Adapter in adapter.start_from</translation>
    </message>
    <message>
        <source>the model folder has no tokenizer.json</source>
        <translation>der Modellordner hat keine tokenizer.json</translation>
    </message>
    <message>
        <source>copy it from where the model comes from, or train on token batches</source>
        <translation>kopieren Sie sie von der Quelle des Modells oder trainieren Sie auf Token-Batches</translation>
    </message>
    <message>
        <source>this folder holds a model, not an adapter</source>
        <translation>dieser Ordner enthält ein Modell, keinen Adapter</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>diese Datei gibt es nicht</translation>
    </message>
    <message>
        <source>is a folder, a file is needed</source>
        <translation>ist ein Ordner, gebraucht wird eine Datei</translation>
    </message>
    <message>
        <source>may not be read</source>
        <translation>darf nicht gelesen werden</translation>
    </message>
    <message>
        <source>the file is empty</source>
        <translation>die Datei ist leer</translation>
    </message>
    <message>
        <source>the engine ended without a last word: it was killed, ran out of memory, or the power failed</source>
        <translation>die Engine endete ohne letztes Wort: Sie wurde abgebrochen, der Speicher ging aus oder der Strom fiel aus</translation>
    </message>
    <message>
        <source>layers cannot be chosen where target_modules is a regular expression</source>
        <translation>Schichten lassen sich nicht wählen, wenn target_modules ein regulärer Ausdruck ist</translation>
    </message>
    <message>
        <source>name the layers in the expression, or give a list of names</source>
        <translation>die Schichten im Ausdruck nennen oder eine Liste von Namen angeben</translation>
    </message>
    <message>
        <source>is of no use without layers_to_transform</source>
        <translation>ist ohne layers_to_transform ohne Wirkung</translation>
    </message>
    <message>
        <source>LoRA+ needs an adapter</source>
        <translation>LoRA+ braucht einen Adapter</translation>
    </message>
    <message>
        <source>set it to 1 or adapter.method to lora</source>
        <translation>auf 1 setzen oder adapter.method auf lora</translation>
    </message>
    <message>
        <source>a list of module names or a regular expression</source>
        <translation>eine Liste von Modulnamen oder ein regulärer Ausdruck</translation>
    </message>
    <message>
        <source>a list, each of it {allowed}</source>
        <translation>eine Liste, jedes Element {allowed}</translation>
    </message>
    <message>
        <source>an object of regular expressions, each with {allowed}</source>
        <translation>ein Objekt aus regulären Ausdrücken, jeder mit {allowed}</translation>
    </message>
    <message>
        <source>Excluded modules</source>
        <translation>Ausgenommene Module</translation>
    </message>
    <message>
        <source>Modules that get no adapter although target_modules names them: a list of names, or one regular expression that matches whole module paths.</source>
        <translation>Module, die keinen Adapter bekommen, obwohl target_modules sie nennt: eine Liste von Namen oder ein regulärer Ausdruck, der auf ganze Modulpfade passt.</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Numbers of the layers that get an adapter, from 0. Empty: all.</source>
        <translation>Nummern der Schichten, die einen Adapter bekommen, ab 0. Leer: alle.</translation>
    </message>
    <message>
        <source>Name of the layers</source>
        <translation>Name der Schichten</translation>
    </message>
    <message>
        <source>How the model calls its list of layers, for layers_to_transform (&quot;layers&quot;, &quot;h&quot;). Empty: any name.</source>
        <translation>Wie das Modell seine Liste von Schichten nennt, für layers_to_transform („layers“, „h“). Leer: jeder Name.</translation>
    </message>
    <message>
        <source>Ranks of modules</source>
        <translation>Ränge einzelner Module</translation>
    </message>
    <message>
        <source>Ranks that differ from r: regular expressions for the ends of module paths, the first that matches counts.</source>
        <translation>Ränge, die von r abweichen: reguläre Ausdrücke für die Enden von Modulpfaden; der erste passende gilt.</translation>
    </message>
    <message>
        <source>Alphas of modules</source>
        <translation>Alphas einzelner Module</translation>
    </message>
    <message>
        <source>Alphas that differ from lora_alpha: regular expressions for the ends of module paths, the first that matches counts.</source>
        <translation>Alphas, die von lora_alpha abweichen: reguläre Ausdrücke für die Enden von Modulpfaden; der erste passende gilt.</translation>
    </message>
    <message>
        <source>Modules trained in full</source>
        <translation>Ganz trainierte Module</translation>
    </message>
    <message>
        <source>Ends of the names of modules that are trained without an adapter and saved with it, such as lm_head or embed_tokens.</source>
        <translation>Enden der Namen von Modulen, die ohne Adapter trainiert und mit ihm gespeichert werden, etwa lm_head oder embed_tokens.</translation>
    </message>
    <message>
        <source>Rank-stabilised (rsLoRA)</source>
        <translation>Rangstabil (rsLoRA)</translation>
    </message>
    <message>
        <source>rsLoRA: scale by lora_alpha / sqrt(r) in place of lora_alpha / r, so that high ranks learn as fast as low ones.</source>
        <translation>rsLoRA: mit lora_alpha / sqrt(r) statt lora_alpha / r skalieren, damit hohe Ränge so schnell lernen wie niedrige.</translation>
    </message>
    <message>
        <source>Decomposed (DoRA)</source>
        <translation>Zerlegt (DoRA)</translation>
    </message>
    <message>
        <source>DoRA: also train the length of each row of the changed weights. Slower, often better at low ranks.</source>
        <translation>DoRA: auch die Länge jeder Zeile der geänderten Gewichte trainieren. Langsamer, bei niedrigen Rängen oft besser.</translation>
    </message>
    <message>
        <source>Start of the adapter</source>
        <translation>Anfang des Adapters</translation>
    </message>
    <message>
        <source>true: A random, B 0. gaussian: A normally distributed. pissa: from the largest singular values of each weight; pissa_niter_N: the same, found faster with N rounds.</source>
        <translation>true: A zufällig, B 0. gaussian: A normalverteilt. pissa: aus den größten Singulärwerten jedes Gewichts; pissa_niter_N: dasselbe, mit N Runden schneller gefunden.</translation>
    </message>
    <message>
        <source>true, gaussian, pissa or pissa_niter_N</source>
        <translation>true, gaussian, pissa oder pissa_niter_N</translation>
    </message>
    <message>
        <source>Biases</source>
        <translation>Bias-Werte</translation>
    </message>
    <message>
        <source>Which biases are trained: none, all of the model, or those of the modules with an adapter.</source>
        <translation>Welche Bias-Werte trainiert werden: keine, alle des Modells oder die der Module mit Adapter.</translation>
    </message>
    <message>
        <source>Folder of an existing adapter (PEFT) to continue from; all settings of the adapter but its dropout are then taken from it. Empty: a fresh adapter.</source>
        <translation>Ordner eines vorhandenen Adapters (PEFT), mit dem es weitergeht; alle Einstellungen des Adapters außer seinem Dropout stammen dann von dort. Leer: ein neuer Adapter.</translation>
    </message>
    <message>
        <source>LoRA+ ratio</source>
        <translation>LoRA+-Verhältnis</translation>
    </message>
    <message>
        <source>Learning rate of the B matrices divided by that of the A matrices. 1: the same; LoRA+ takes about 16.</source>
        <translation>Lernrate der B-Matrizen geteilt durch die der A-Matrizen. 1: dieselbe; LoRA+ nimmt etwa 16.</translation>
    </message>
    <message>
        <source>Learning rate of B</source>
        <translation>Lernrate von B</translation>
    </message>
    <message>
        <source>With LoRA+: the learning rate that this step&apos;s update used for B and for trained vectors, which is learning_rate times loraplus_lr_ratio. Absent without.</source>
        <translation>Mit LoRA+: die Lernrate, die die Aktualisierung dieses Schritts für B und für trainierte Vektoren verwendet hat, also learning_rate mal loraplus_lr_ratio. Fehlt ohne LoRA+.</translation>
    </message>
    <message>
        <source>Frobenius norm of s B A, from s sqrt(tr((BᵀB)(AAᵀ))), without forming the product. With PiSSA of s (B A − B₀ A₀), the change since the start.</source>
        <translation>Frobenius-Norm von s B A, aus s sqrt(tr((BᵀB)(AAᵀ))), ohne das Produkt zu bilden. Mit PiSSA von s (B A − B₀ A₀), der Änderung seit dem Anfang.</translation>
    </message>
    <message>
        <source>Fields of a row: text; prompt and completion; alpaca (instruction, input, output); messages (role, content); sharegpt (from, value); token batches. auto looks at the first row.</source>
        <translation>Felder einer Zeile: text; prompt und completion; alpaca (instruction, input, output); messages (role, content); sharegpt (from, value); Token-Batches. auto sieht sich die erste Zeile an.</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>Chat-Vorlage</translation>
    </message>
    <message>
        <source>File with a chat template (Jinja) for conversations, or the name of one of the model&apos;s, or chatml. Empty: the model&apos;s own, and plain ChatML where it has none.</source>
        <translation>Datei mit einer Chat-Vorlage (Jinja) für Gespräche, oder der Name einer Vorlage des Modells, oder chatml. Leer: die eigene des Modells, und einfaches ChatML, wo es keine hat.</translation>
    </message>
    <message>
        <source>Packing</source>
        <translation>Packing</translation>
    </message>
    <message>
        <source>Put the rows of a step one behind another, without padding, each seeing only itself, as many at once as batch size × longest row holds. Faster; learns the same.</source>
        <translation>Legt die Zeilen eines Schritts ohne Auffüllen hintereinander, jede sieht nur sich selbst; so viele auf einmal, wie in Batchgröße × längste Zeile passen. Schneller; gelernt wird dasselbe.</translation>
    </message>
    <message>
        <source>Gradient checkpointing</source>
        <translation>Gradient-Checkpointing</translation>
    </message>
    <message>
        <source>Compute the activations of each layer again in the backward pass in place of keeping them: much less memory, slower; learns the same. auto: only where memory would run short.</source>
        <translation>Berechnet die Aktivierungen jeder Schicht im Rückwärtsdurchlauf neu, statt sie aufzubewahren: viel weniger Speicher, langsamer; gelernt wird dasselbe. auto: nur, wo der Speicher sonst knapp würde.</translation>
    </message>
    <message>
        <source>quantised weights cannot be trained themselves</source>
        <translation>Quantisierte Gewichte können nicht selbst trainiert werden</translation>
    </message>
    <message>
        <source>set it to none or adapter.method to lora</source>
        <translation>Auf none setzen, oder adapter.method auf lora</translation>
    </message>
    <message>
        <source>PiSSA changes the weights it begins from, and quantised ones stay as they are</source>
        <translation>PiSSA ändert die Gewichte, von denen es ausgeht, und quantisierte bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>choose true or gaussian, or set model.quantization to none</source>
        <translation>true oder gaussian wählen, oder model.quantization auf none setzen</translation>
    </message>
    <message>
        <source>Quantisation</source>
        <translation>Quantisierung</translation>
    </message>
    <message>
        <source>nf4 keeps the frozen weights of the layers in 4 bits a number (QLoRA): about a quarter of the memory of bfloat16, a little less exact and slower. Embeddings and head stay as they are.</source>
        <translation>nf4 hält die eingefrorenen Gewichte der Schichten in 4 Bit je Zahl (QLoRA): etwa ein Viertel des Speichers von bfloat16, etwas ungenauer und langsamer. Embeddings und Ausgabeschicht bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Double quantisation</source>
        <translation>Doppelte Quantisierung</translation>
    </message>
    <message>
        <source>Also quantise the scales of 4-bit weights: 0.516 in place of 0.5625 bytes a number.</source>
        <translation>Quantisiert auch die Skalen von 4-Bit-Gewichten: 0,516 statt 0,5625 Byte je Zahl.</translation>
    </message>
</context>
<context>
    <name>lens::AboutDialog</name>
    <message>
        <source>About Training Lens</source>
        <translation>Über Training Lens</translation>
    </message>
    <message>
        <source>Training Lens %1</source>
        <translation>Training Lens %1</translation>
    </message>
    <message>
        <source>Launch LoRA fine-tuning runs, watch them, understand them, keep them.</source>
        <translation>LoRA-Läufe starten, beobachten, verstehen und aufbewahren.</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>The source of Training Lens is under the MIT licence. © 2026 The Training Lens developers.</source>
        <translation>Der Quelltext von Training Lens steht unter der MIT-Lizenz. © 2026 The Training Lens developers.</translation>
    </message>
    <message>
        <source>The window uses QCustomPlot, which is under the GPL-3.0; so this program as a whole is distributed under the GPL-3.0. The engine does not use it and is not affected.</source>
        <translation>Das Fenster verwendet QCustomPlot, das unter der GPL-3.0 steht; das Programm als Ganzes wird daher unter der GPL-3.0 verbreitet. Die Engine verwendet es nicht und ist nicht betroffen.</translation>
    </message>
    <message>
        <source>It is built from:</source>
        <translation>Es ist gebaut aus:</translation>
    </message>
</context>
<context>
    <name>lens::Actions</name>
    <message>
        <source>&amp;New run</source>
        <translation>&amp;Neuer Lauf</translation>
    </message>
    <message>
        <source>&amp;Open folder…</source>
        <translation>Ordner ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>Prepare the &amp;demo</source>
        <translation>&amp;Demo vorbereiten</translation>
    </message>
    <message>
        <source>&amp;Copy as new run</source>
        <translation>Als neuen Lauf &amp;kopieren</translation>
    </message>
    <message>
        <source>Re&amp;name…</source>
        <translation>&amp;Umbenennen …</translation>
    </message>
    <message>
        <source>&amp;Tags…</source>
        <translation>&amp;Schlagwörter …</translation>
    </message>
    <message>
        <source>Show in &amp;file manager</source>
        <translation>In &amp;Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <source>Move to tras&amp;h…</source>
        <translation>In den &amp;Papierkorb …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>&amp;Checkpoint now</source>
        <translation>&amp;Checkpoint jetzt</translation>
    </message>
    <message>
        <source>S&amp;top and save</source>
        <translation>&amp;Beenden und sichern</translation>
    </message>
    <message>
        <source>&amp;Kill…</source>
        <translation>Sofort a&amp;bbrechen …</translation>
    </message>
    <message>
        <source>&amp;Live</source>
        <translation>&amp;Live</translation>
    </message>
    <message>
        <source>&amp;Samples</source>
        <translation>&amp;Proben</translation>
    </message>
    <message>
        <source>Lo&amp;g</source>
        <translation>Pro&amp;tokoll</translation>
    </message>
    <message>
        <source>&amp;Configuration</source>
        <translation>&amp;Konfiguration</translation>
    </message>
    <message>
        <source>&amp;Filter the library</source>
        <translation>Bibliothek &amp;filtern</translation>
    </message>
    <message>
        <source>Show the l&amp;ibrary</source>
        <translation>B&amp;ibliothek zeigen</translation>
    </message>
    <message>
        <source>Show &amp;findings and events</source>
        <translation>&amp;Befunde und Ereignisse zeigen</translation>
    </message>
    <message>
        <source>F&amp;it all plots</source>
        <translation>Alle Diagramme &amp;einpassen</translation>
    </message>
    <message>
        <source>F&amp;ollow the newest step</source>
        <translation>Dem &amp;neuesten Schritt folgen</translation>
    </message>
    <message>
        <source>Loga&amp;rithmic loss axis</source>
        <translation>Loga&amp;rithmische Verlustachse</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>&amp;Check this machine…</source>
        <translation>Diesen &amp;Rechner prüfen …</translation>
    </message>
    <message>
        <source>&amp;Help for this place</source>
        <translation>&amp;Hilfe zu dieser Stelle</translation>
    </message>
    <message>
        <source>&amp;About Training Lens</source>
        <translation>&amp;Über Training Lens</translation>
    </message>
</context>
<context>
    <name>lens::CollapsiblePane</name>
    <message>
        <source>folded</source>
        <translation>eingeklappt</translation>
    </message>
    <message>
        <source>open</source>
        <translation>ausgeklappt</translation>
    </message>
</context>
<context>
    <name>lens::CompareJob</name>
    <message>
        <source>the engine gave no answer</source>
        <translation>die Engine hat nicht geantwortet</translation>
    </message>
</context>
<context>
    <name>lens::ConfigDiffModel</name>
    <message>
        <source>%1: %2, default %3</source>
        <translation>%1: %2, Vorgabe %3</translation>
    </message>
    <message>
        <source>%1: %2, as by default</source>
        <translation>%1: %2, wie vorgegeben</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Vorgabe</translation>
    </message>
</context>
<context>
    <name>lens::ConfigForm</name>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>Adapter</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Evaluation</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>Checkpoints</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>Messung</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>Weniger</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Less of %1</source>
        <translation>Weniger von %1</translation>
    </message>
    <message>
        <source>More of %1</source>
        <translation>Mehr von %1</translation>
    </message>
</context>
<context>
    <name>lens::ConfigurationPage</name>
    <message>
        <source>Configuration against the defaults</source>
        <translation>Konfiguration gegenüber den Vorgaben</translation>
    </message>
    <message>
        <source>Show all settings</source>
        <translation>Alle Einstellungen zeigen</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>what differs from the defaults</source>
        <translation>was von den Vorgaben abweicht</translation>
    </message>
</context>
<context>
    <name>lens::EventLane</name>
    <message>
        <source>Events on the time axis</source>
        <translation>Ereignisse auf der Zeitachse</translation>
    </message>
    <message>
        <source>Step %1: %2</source>
        <translation>Schritt %1: %2</translation>
    </message>
</context>
<context>
    <name>lens::EventListModel</name>
    <message>
        <source>Step %1, %2</source>
        <translation>Schritt %1, %2</translation>
    </message>
    <message>
        <source>Step %1: %2</source>
        <translation>Schritt %1: %2</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
</context>
<context>
    <name>lens::EventListView</name>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
</context>
<context>
    <name>lens::EventText</name>
    <message>
        <source>resumed from step %1</source>
        <translation>fortgesetzt ab Schritt %1</translation>
    </message>
    <message>
        <source>started</source>
        <translation>gestartet</translation>
    </message>
    <message>
        <source>evaluation before training</source>
        <translation>Evaluation vor dem Training</translation>
    </message>
    <message>
        <source>evaluation</source>
        <translation>Evaluation</translation>
    </message>
    <message>
        <source>(best)</source>
        <translation>(beste)</translation>
    </message>
    <message>
        <source>checkpoint</source>
        <translation>Checkpoint</translation>
    </message>
    <message>
        <source>%1 changed from %2 to %3</source>
        <translation>%1 geändert von %2 auf %3</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
</context>
<context>
    <name>lens::FieldEditor</name>
    <message>
        <source>one per line</source>
        <translation>eins je Zeile</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>Choose: %1</source>
        <translation>Wählen: %1</translation>
    </message>
</context>
<context>
    <name>lens::FindingListModel</name>
    <message>
        <source>Good</source>
        <translation>Gut</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Achtung</translation>
    </message>
    <message>
        <source>Failure</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Befund</translation>
    </message>
    <message>
        <source>What and where</source>
        <translation>Was und wo</translation>
    </message>
</context>
<context>
    <name>lens::LibraryPanel</name>
    <message>
        <source>Filter the library</source>
        <translation>Bibliothek filtern</translation>
    </message>
    <message>
        <source>Filter: name, model, state, tag…</source>
        <translation>Filter: Name, Modell, Zustand, Schlagwort …</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Library · 1 run</source>
        <translation>Bibliothek · 1 Lauf</translation>
    </message>
    <message>
        <source>Library · %1 runs</source>
        <translation>Bibliothek · %1 Läufe</translation>
    </message>
</context>
<context>
    <name>lens::LivePage</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Follow the newest step</source>
        <translation>Dem neuesten Schritt folgen</translation>
    </message>
    <message>
        <source>Keeps the newest step in view while zoomed in (F)</source>
        <translation>Behält beim Hineinzoomen den neuesten Schritt im Blick (F)</translation>
    </message>
    <message>
        <source>Horizontal axis</source>
        <translation>Waagerechte Achse</translation>
    </message>
    <message>
        <source>What runs along the horizontal axis of all plots</source>
        <translation>Was auf der waagerechten Achse aller Diagramme läuft</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>Weight of the debiased exponential mean; the raw curve stays under it. 0 shows the raw curve only.</source>
        <translation>Gewicht des korrigierten exponentiellen Mittels; die Rohkurve bleibt darunter. 0 zeigt nur die Rohkurve.</translation>
    </message>
    <message>
        <source>0 (raw)</source>
        <translation>0 (roh)</translation>
    </message>
    <message>
        <source>x: %1 ▾</source>
        <translation>x: %1 ▾</translation>
    </message>
    <message>
        <source>Smoothing %1 ▾</source>
        <translation>Glättung %1 ▾</translation>
    </message>
    <message>
        <source>before clipping · clip at %1</source>
        <translation>vor der Begrenzung · begrenzt bei %1</translation>
    </message>
    <message>
        <source>not clipped</source>
        <translation>nicht begrenzt</translation>
    </message>
    <message>
        <source>consecutive steps · noise floor ±%1</source>
        <translation>aufeinanderfolgende Schritte · Rauschgrenze ±%1</translation>
    </message>
    <message>
        <source>consecutive steps</source>
        <translation>aufeinanderfolgende Schritte</translation>
    </message>
    <message>
        <source>Follow on</source>
        <translation>Folgen an</translation>
    </message>
    <message>
        <source>Follow off</source>
        <translation>Folgen aus</translation>
    </message>
</context>
<context>
    <name>lens::LogPage</name>
    <message>
        <source>Search the log</source>
        <translation>Im Protokoll suchen</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Output of the engine</source>
        <translation>Ausgabe der Engine</translation>
    </message>
    <message>
        <source>The engine has not written anything yet. Its output appears here as it runs.</source>
        <translation>Die Engine hat noch nichts geschrieben. Ihre Ausgabe erscheint hier, während sie läuft.</translation>
    </message>
    <message>
        <source>(older lines are in the file only)</source>
        <translation>(ältere Zeilen stehen nur in der Datei)</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>%1 gefunden</translation>
    </message>
    <message>
        <source>more than %1 found</source>
        <translation>mehr als %1 gefunden</translation>
    </message>
</context>
<context>
    <name>lens::LogView</name>
    <message>
        <source>Search the log</source>
        <translation>Im Protokoll suchen</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Keep the newest line in view</source>
        <translation>Die neueste Zeile im Blick behalten</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>went on at the end</source>
        <translation>am Ende weitergesucht</translation>
    </message>
    <message>
        <source>went on at the start</source>
        <translation>am Anfang weitergesucht</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
</context>
<context>
    <name>lens::MainWindow</name>
    <message>
        <source>Training Lens</source>
        <translation>Training Lens</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Werkzeuge</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
</context>
<context>
    <name>lens::MessageBar</name>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>lens::NewRunPage</name>
    <message>
        <source>New run</source>
        <translation>Neuer Lauf</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Start run</source>
        <translation>Lauf starten</translation>
    </message>
    <message>
        <source>Before the start</source>
        <translation>Vor dem Start</translation>
    </message>
    <message>
        <source>what was found in the files</source>
        <translation>was in den Dateien gefunden wurde</translation>
    </message>
    <message>
        <source>To settle</source>
        <translation>Zu klären</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Nothing: the run can start.</source>
        <translation>Nichts: Der Lauf kann beginnen.</translation>
    </message>
    <message>
        <source>Creates the run&apos;s folder in the library and starts the engine. It goes on when the window is closed.</source>
        <translation>Legt den Ordner des Laufs in der Bibliothek an und startet die Engine. Sie läuft weiter, wenn das Fenster geschlossen wird.</translation>
    </message>
    <message>
        <source>Something has to be settled first; it is listed at the right.</source>
        <translation>Zuerst ist etwas zu klären; es steht rechts.</translation>
    </message>
    <message>
        <source>%1 rows a step</source>
        <translation>%1 Zeilen je Schritt</translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation>%1 Schritte</translation>
    </message>
    <message>
        <source>%1 epochs, about %2 steps</source>
        <translation>%1 Epochen, etwa %2 Schritte</translation>
    </message>
    <message>
        <source>Choose a Hugging Face model folder.</source>
        <translation>Wählen Sie einen Modellordner im Hugging-Face-Format.</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>No model that can be trained was found there.</source>
        <translation>Dort wurde kein trainierbares Modell gefunden.</translation>
    </message>
    <message>
        <source>%1 · %2 parameters · %3</source>
        <translation>%1 · %2 Parameter · %3</translation>
    </message>
    <message>
        <source>%1 layers, hidden size %2, vocabulary %3</source>
        <translation>%1 Schichten, Breite %2, Vokabular %3</translation>
    </message>
    <message>
        <source>Tokenizer found.</source>
        <translation>Tokenizer gefunden.</translation>
    </message>
    <message>
        <source>No tokenizer.json: only token batches can be trained on.</source>
        <translation>Keine tokenizer.json: Es kann nur auf Token-Batches trainiert werden.</translation>
    </message>
    <message>
        <source>Choose the file with the rows to train on.</source>
        <translation>Wählen Sie die Datei mit den Trainingszeilen.</translation>
    </message>
    <message>
        <source>The rows cannot be read.</source>
        <translation>Die Zeilen können nicht gelesen werden.</translation>
    </message>
    <message>
        <source>%1 rows · %2 · %3</source>
        <translation>%1 Zeilen · %2 · %3</translation>
    </message>
    <message>
        <source>Fields of a row: %1</source>
        <translation>Felder einer Zeile: %1</translation>
    </message>
</context>
<context>
    <name>lens::PlotReadOut</name>
    <message>
        <source>%1 (smoothed %2)</source>
        <translation>%1 (geglättet %2)</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
</context>
<context>
    <name>lens::PlotSpec</name>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>nats a token</source>
        <translation>Nats je Token</translation>
    </message>
    <message>
        <source>train</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>evaluation</source>
        <translation>Evaluation</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>of each step&apos;s update</source>
        <translation>der Aktualisierung jedes Schritts</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>Gradientennorm</translation>
    </message>
    <message>
        <source>before clipping</source>
        <translation>vor der Begrenzung</translation>
    </message>
    <message>
        <source>Gradient cosine</source>
        <translation>Gradientenkosinus</translation>
    </message>
    <message>
        <source>consecutive steps</source>
        <translation>aufeinanderfolgende Schritte</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>GB · resident, peak dashed</source>
        <translation>GB · resident, Spitze gestrichelt</translation>
    </message>
    <message>
        <source>GiB · resident, peak dashed</source>
        <translation>GiB · resident, Spitze gestrichelt</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>Durchsatz</translation>
    </message>
    <message>
        <source>trained tokens a second</source>
        <translation>trainierte Tokens je Sekunde</translation>
    </message>
</context>
<context>
    <name>lens::PlotStack</name>
    <message>
        <source>Plots</source>
        <translation>Diagramme</translation>
    </message>
</context>
<context>
    <name>lens::RunBinding</name>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Checkpoint now</source>
        <translation>Checkpoint jetzt</translation>
    </message>
    <message>
        <source>Stop and save</source>
        <translation>Beenden und sichern</translation>
    </message>
    <message>
        <source>Change a setting</source>
        <translation>Einstellung ändern</translation>
    </message>
    <message>
        <source>Some numbers cannot be read: %1</source>
        <translation>Einige Zahlen können nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>The engine did not start. Nothing was changed. It said:
%1</source>
        <translation>Die Engine ist nicht gestartet. Nichts wurde geändert. Sie meldete:
%1</translation>
    </message>
    <message>
        <source>Not killed: %1</source>
        <translation>Nicht abgebrochen: %1</translation>
    </message>
    <message>
        <source>“%1” was not carried out: %2</source>
        <translation>„%1“ wurde nicht ausgeführt: %2</translation>
    </message>
    <message>
        <source>The engine has not answered “%1” for %2 s. It answers between two steps, and a step can be long. Run › Kill ends it at once. %3</source>
        <translation>Die Engine hat auf „%1“ seit %2 s nicht geantwortet. Sie antwortet zwischen zwei Schritten, und ein Schritt kann lang sein. Lauf › Sofort abbrechen beendet sie gleich. %3</translation>
    </message>
    <message>
        <source>Last checkpoint: %1.</source>
        <translation>Letzter Checkpoint: %1.</translation>
    </message>
    <message>
        <source>There is no checkpoint.</source>
        <translation>Es gibt keinen Checkpoint.</translation>
    </message>
    <message>
        <source>Failed at step %1: %2. %3</source>
        <translation>Fehlgeschlagen bei Schritt %1: %2. %3</translation>
    </message>
    <message>
        <source>Interrupted at step %1: the engine ended without a last word (it was killed, ran out of memory, or the machine stopped). %2</source>
        <translation>Unterbrochen bei Schritt %1: Die Engine endete ohne letztes Wort (sie wurde abgebrochen, der Speicher ging aus oder der Rechner blieb stehen). %2</translation>
    </message>
    <message>
        <source>There is no checkpoint to ask yet.</source>
        <translation>Es gibt noch keinen Checkpoint, der antworten könnte.</translation>
    </message>
    <message>
        <source>The engine was not found.</source>
        <translation>Die Engine wurde nicht gefunden.</translation>
    </message>
</context>
<context>
    <name>lens::RunDescription</name>
    <message>
        <source>all weights</source>
        <translation>alle Gewichte</translation>
    </message>
    <message>
        <source> (%1 rows)</source>
        <translation> (%1 Zeilen)</translation>
    </message>
</context>
<context>
    <name>lens::RunHeader</name>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>train loss (smoothed)</source>
        <translation>Trainingsverlust (geglättet)</translation>
    </message>
    <message>
        <source>best evaluation</source>
        <translation>beste Evaluation</translation>
    </message>
    <message>
        <source>tokens/s</source>
        <translation>Tokens/s</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>time left</source>
        <translation>Restzeit</translation>
    </message>
    <message>
        <source>GPU memory</source>
        <translation>GPU-Speicher</translation>
    </message>
    <message>
        <source>step · epoch %1</source>
        <translation>Schritt · Epoche %1</translation>
    </message>
    <message>
        <source>training time</source>
        <translation>Trainingszeit</translation>
    </message>
    <message>
        <source>left · ends %1</source>
        <translation>verbleibend · Ende %1</translation>
    </message>
    <message>
        <source>peak %1</source>
        <translation>Spitze %1</translation>
    </message>
    <message>
        <source>best eval</source>
        <translation>beste Eval.</translation>
    </message>
    <message>
        <source>best at %1</source>
        <translation>beste bei %1</translation>
    </message>
    <message>
        <source>best eval · step %1</source>
        <translation>beste Eval. · Schritt %1</translation>
    </message>
    <message>
        <source>of %1 steps</source>
        <translation>Schritte von %1</translation>
    </message>
    <message>
        <source>train loss</source>
        <translation>Trainingsverlust</translation>
    </message>
    <message>
        <source>ends %1</source>
        <translation>Ende %1</translation>
    </message>
</context>
<context>
    <name>lens::RunListModel</name>
    <message>
        <source>Last checkpoint: step %1</source>
        <translation>Letzter Checkpoint: Schritt %1</translation>
    </message>
    <message>
        <source>Tags: %1</source>
        <translation>Schlagwörter: %1</translation>
    </message>
    <message>
        <source>Foreign folder</source>
        <translation>Fremder Ordner</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Last loss</source>
        <translation>Letzter Verlust</translation>
    </message>
    <message>
        <source>Best evaluation</source>
        <translation>Beste Evaluation</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
</context>
<context>
    <name>lens::RunSession</name>
    <message>
        <source>the engine ended before it answered</source>
        <translation>die Engine endete, bevor sie antwortete</translation>
    </message>
</context>
<context>
    <name>lens::RunState</name>
    <message>
        <source>Queued</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>Bereitet vor</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Evaluating</source>
        <translation>Evaluiert</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Sichert</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Wird beendet</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
</context>
<context>
    <name>lens::RunSummary</name>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>best %1 at %2</source>
        <translation>beste %1 bei %2</translation>
    </message>
    <message>
        <source>interrupted at %1</source>
        <translation>unterbrochen bei %1</translation>
    </message>
    <message>
        <source>failed at %1</source>
        <translation>fehlgeschlagen bei %1</translation>
    </message>
    <message>
        <source>failed at %1: %2</source>
        <translation>fehlgeschlagen bei %1: %2</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>wartet</translation>
    </message>
</context>
<context>
    <name>lens::RunView</name>
    <message>
        <source>Pages of the run</source>
        <translation>Seiten des Laufs</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Proben</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
</context>
<context>
    <name>lens::SampleListModel</name>
    <message>
        <source>adapter</source>
        <translation>Adapter</translation>
    </message>
    <message>
        <source>base</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
</context>
<context>
    <name>lens::SamplesPage</name>
    <message>
        <source>Not answered: %1</source>
        <translation>Nicht beantwortet: %1</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>one prompt, answered by the base model and by the newest checkpoint</source>
        <translation>ein Prompt, beantwortet vom Basismodell und vom neuesten Checkpoint</translation>
    </message>
    <message>
        <source>Type a prompt</source>
        <translation>Prompt eingeben</translation>
    </message>
    <message>
        <source>Prompt to compare</source>
        <translation>Prompt zum Vergleichen</translation>
    </message>
    <message>
        <source>Answering</source>
        <translation>Antwortet</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>Basismodell</translation>
    </message>
    <message>
        <source>With the adapter</source>
        <translation>Mit dem Adapter</translation>
    </message>
    <message>
        <source>Over the steps</source>
        <translation>Über die Schritte</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Samples of this prompt, newest first</source>
        <translation>Proben dieses Prompts, neueste zuerst</translation>
    </message>
    <message>
        <source>No samples yet</source>
        <translation>Noch keine Proben</translation>
    </message>
    <message>
        <source>Give sample_prompts in the configuration: they are answered at every evaluation, so that the change can be read in words.</source>
        <translation>Geben Sie sample_prompts in der Konfiguration an: Sie werden bei jeder Evaluation beantwortet, sodass sich die Veränderung in Worten lesen lässt.</translation>
    </message>
    <message>
        <source>Loads the model in a process of its own; a running training gets slower meanwhile.</source>
        <translation>Lädt das Modell in einem eigenen Prozess; ein laufendes Training wird währenddessen langsamer.</translation>
    </message>
    <message>
        <source>The engine loads the model and answers twice.</source>
        <translation>Die Engine lädt das Modell und antwortet zweimal.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>lens::SeriesPlot</name>
    <message>
        <source>%1, smoothed over raw</source>
        <translation>%1, geglättet über roh</translation>
    </message>
</context>
<context>
    <name>lens::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Library folder</source>
        <translation>Ordner der Bibliothek</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>MiB, GiB (1024)</source>
        <translation>MiB, GiB (1024)</translation>
    </message>
    <message>
        <source>MB, GB (1000)</source>
        <translation>MB, GB (1000)</translation>
    </message>
    <message>
        <source>Units of memory</source>
        <translation>Einheiten für Speicher</translation>
    </message>
    <message>
        <source>Language and units change at the next start of the window.</source>
        <translation>Sprache und Einheiten ändern sich beim nächsten Start des Fensters.</translation>
    </message>
    <message>
        <source>one for each physical core</source>
        <translation>einer je physischem Kern</translation>
    </message>
    <message>
        <source>Threads of new runs</source>
        <translation>Threads neuer Läufe</translation>
    </message>
</context>
<context>
    <name>lens::SidePanel</name>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Nothing to report. Spikes, values that are not finite, modules that do not learn and overfitting would stand here.</source>
        <translation>Nichts zu melden. Hier stünden Ausreißer, nicht endliche Werte, Module, die nicht lernen, und Überanpassung.</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Events of the run</source>
        <translation>Ereignisse des Laufs</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>Probe</translation>
    </message>
    <message>
        <source>Prompts of the configuration are answered at every evaluation.</source>
        <translation>Die Prompts der Konfiguration werden bei jeder Evaluation beantwortet.</translation>
    </message>
    <message>
        <source>Sample · step %1</source>
        <translation>Probe · Schritt %1</translation>
    </message>
</context>
<context>
    <name>lens::Sparkline</name>
    <message>
        <source>Loss so far</source>
        <translation>Verlust bisher</translation>
    </message>
</context>
<context>
    <name>lens::StateChip</name>
    <message>
        <source>State: %1</source>
        <translation>Zustand: %1</translation>
    </message>
</context>
<context>
    <name>lens::StatusStrip</name>
    <message>
        <source>No run is training</source>
        <translation>Kein Lauf trainiert</translation>
    </message>
    <message>
        <source>Free disk %1</source>
        <translation>Freier Platz %1</translation>
    </message>
    <message>
        <source>● 1 run training</source>
        <translation>● 1 Lauf trainiert</translation>
    </message>
    <message>
        <source>● %1 runs training</source>
        <translation>● %1 Läufe trainieren</translation>
    </message>
    <message>
        <source>CPU: %1 cores, %2 threads</source>
        <translation>CPU: %1 Kerne, %2 Threads</translation>
    </message>
    <message>
        <source>Library: %1</source>
        <translation>Bibliothek: %1</translation>
    </message>
</context>
<context>
    <name>lens::WindowDialogs</name>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Name of the run</source>
        <translation>Name des Laufs</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Tags, separated by commas</source>
        <translation>Schlagwörter, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Kill the engine</source>
        <translation>Engine sofort abbrechen</translation>
    </message>
    <message>
        <source>End the engine of “%1” at once?

%2

“Stop and save” loses nothing.</source>
        <translation>Die Engine von „%1“ sofort beenden?

%2

„Beenden und sichern“ verliert nichts.</translation>
    </message>
    <message>
        <source>Kill</source>
        <translation>Sofort abbrechen</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Move “%1” with its checkpoints and records to the trash?</source>
        <translation>„%1“ mit Checkpoints und Aufzeichnungen in den Papierkorb verschieben?</translation>
    </message>
    <message>
        <source>Check this machine</source>
        <translation>Diesen Rechner prüfen</translation>
    </message>
    <message>
        <source>The engine measures this machine. This takes a few seconds.</source>
        <translation>Die Engine misst diesen Rechner. Das dauert einige Sekunden.</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Plots.&lt;/b&gt; The wheel zooms along the steps, Shift and wheel zooms the values, dragging moves, a double click fits, F follows the newest step.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Verbs.&lt;/b&gt; Every button says in its tooltip what it keeps, or why it is disabled.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Runs&lt;/b&gt; go on when the window is closed; open it again and they are shown as they are.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Diagramme.&lt;/b&gt; Das Mausrad zoomt entlang der Schritte, Umschalt und Mausrad zoomt die Werte, Ziehen verschiebt, ein Doppelklick passt ein, F folgt dem neuesten Schritt.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Schaltflächen.&lt;/b&gt; Jede sagt in ihrem Hinweis, was sie bewahrt oder warum sie gesperrt ist.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Läufe&lt;/b&gt; gehen weiter, wenn das Fenster geschlossen wird; öffnen Sie es wieder, und sie werden gezeigt, wie sie sind.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
</context>
<context>
    <name>lens::WindowWiring</name>
    <message>
        <source>the engine program was not found</source>
        <translation>das Engine-Programm wurde nicht gefunden</translation>
    </message>
    <message>
        <source>No run to show yet</source>
        <translation>Noch kein Lauf zu zeigen</translation>
    </message>
    <message>
        <source>A run&apos;s plots, samples and log appear here. Start with the demo, which trains a tiny model in a few minutes on this machine, set up a run of your own with New run, or open the folder of a run.</source>
        <translation>Hier erscheinen Diagramme, Proben und Protokoll eines Laufs. Beginnen Sie mit der Demo, die in wenigen Minuten ein winziges Modell auf diesem Rechner trainiert, richten Sie mit „Neuer Lauf“ einen eigenen ein oder öffnen Sie den Ordner eines Laufs.</translation>
    </message>
    <message>
        <source>Prepare the demo</source>
        <translation>Demo vorbereiten</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>The demo was not found: %1</source>
        <translation>Die Demo wurde nicht gefunden: %1</translation>
    </message>
    <message>
        <source>Open the folder of a run</source>
        <translation>Ordner eines Laufs öffnen</translation>
    </message>
</context>
<context>
    <name>lens::format</name>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 d %2 h</translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 Tokens/s</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
</context>
</TS>
