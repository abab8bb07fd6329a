<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>lens</name>
    <message>
        <source>token batches</source>
        <translation>token 批次</translation>
    </message>
    <message>
        <source>JSON lines</source>
        <translation>JSON 行</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>No run is in view.</source>
        <translation>当前没有显示任何运行。</translation>
    </message>
    <message>
        <source>The engine is starting.</source>
        <translation>引擎正在启动。</translation>
    </message>
    <message>
        <source>The engine is not running.</source>
        <translation>引擎没有运行。</translation>
    </message>
    <message>
        <source>The engine program training-lens-engine was not found beside the window.</source>
        <translation>在窗口程序旁没有找到引擎程序 training-lens-engine。</translation>
    </message>
    <message>
        <source>The run was started before.</source>
        <translation>此运行已经启动过。</translation>
    </message>
    <message>
        <source>Starts the training in its own process. It goes on when the window is closed.</source>
        <translation>在独立进程中开始训练。关闭窗口后训练会继续。</translation>
    </message>
    <message>
        <source>The run is finished. Copy it as a new run to train on.</source>
        <translation>此运行已完成。要继续训练，请将其复制为新运行。</translation>
    </message>
    <message>
        <source>Only a run that ended early can be resumed.</source>
        <translation>只有提前结束的运行才能继续。</translation>
    </message>
    <message>
        <source>There is no checkpoint: the run begins again at step 0. What was recorded stays.</source>
        <translation>没有检查点：运行将从第 0 步重新开始。已记录的内容会保留。</translation>
    </message>
    <message>
        <source>Goes on from checkpoint %1. Numbers after it stay in the record, marked as replaced.</source>
        <translation>从检查点 %1 继续。其后的数据保留在记录中，并标记为已被替换。</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>继续(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>Sent; the engine answers after the current step.</source>
        <translation>已发送；引擎会在当前步结束后应答。</translation>
    </message>
    <message>
        <source>The engine is still preparing.</source>
        <translation>引擎仍在准备。</translation>
    </message>
    <message>
        <source>The run is stopping.</source>
        <translation>运行正在停止。</translation>
    </message>
    <message>
        <source>Training goes on with the next step.</source>
        <translation>训练从下一步继续。</translation>
    </message>
    <message>
        <source>Holds after the current step. Everything stays in memory; nothing is lost.</source>
        <translation>在当前步之后暂停。一切保留在内存中，不会丢失。</translation>
    </message>
    <message>
        <source>The engine is still preparing; there is nothing to save yet.</source>
        <translation>引擎仍在准备；还没有可保存的内容。</translation>
    </message>
    <message>
        <source>The run is stopping and saves a checkpoint by itself.</source>
        <translation>运行正在停止，并会自动保存检查点。</translation>
    </message>
    <message>
        <source>Saves adapter, optimizer and all states after the current step; training goes on.</source>
        <translation>在当前步之后保存适配器、优化器和全部状态；训练继续进行。</translation>
    </message>
    <message>
        <source>The run is stopping: it finishes the step and saves a checkpoint.</source>
        <translation>运行正在停止：完成当前步并保存检查点。</translation>
    </message>
    <message>
        <source>Finishes the step, saves a checkpoint and ends. The run can be resumed exactly there.</source>
        <translation>完成当前步，保存检查点后结束。之后可以从此处精确继续。</translation>
    </message>
    <message>
        <source>The engine runs on another machine.</source>
        <translation>引擎在另一台机器上运行。</translation>
    </message>
    <message>
        <source>Ends the engine at once. %1</source>
        <translation>立即结束引擎。%1</translation>
    </message>
    <message>
        <source>An engine is at work in this run; stop it first.</source>
        <translation>此运行中有引擎正在工作；请先停止它。</translation>
    </message>
    <message>
        <source>Moves the run&apos;s folder to the trash of the desktop.</source>
        <translation>将此运行的文件夹移到回收站。</translation>
    </message>
    <message>
        <source>There is no checkpoint yet: the recorded numbers are kept, the training done so far is lost.</source>
        <translation>还没有检查点：已记录的数据会保留，但到目前为止的训练会丢失。</translation>
    </message>
    <message>
        <source>Kept: checkpoint %1 and all recorded numbers. Lost: the training since then.</source>
        <translation>保留：检查点 %1 和全部已记录的数据。丢失：此后的训练。</translation>
    </message>
    <message>
        <source>Opens the form with this run&apos;s settings.</source>
        <translation>用此运行的设置打开表单。</translation>
    </message>
    <message>
        <source>Changes the name shown; the folder keeps its own.</source>
        <translation>更改显示名称；文件夹名不变。</translation>
    </message>
    <message>
        <source>Words to find the run by.</source>
        <translation>用于查找此运行的词语。</translation>
    </message>
    <message>
        <source>Opens the run&apos;s folder in the file manager.</source>
        <translation>在文件管理器中打开此运行的文件夹。</translation>
    </message>
    <message>
        <source>All modules are learning</source>
        <translation>所有模块都在学习</translation>
    </message>
    <message>
        <source>All {count} adapted modules change their weights since the warm-up ended (looked at up to step {step}).</source>
        <translation>自预热结束以来，全部 {count} 个带适配器的模块都在改变权重（检查到第 {step} 步）。</translation>
    </message>
    <message>
        <source>Modules do not learn</source>
        <translation>有模块没有学习</translation>
    </message>
    <message>
        <source>{idle} of {count} adapted modules did not change in {rows} readings up to step {step}: {names}. Their B is still 0, or their updates are below a thousandth of the other modules&apos;. Check that target_modules names layers that the data reaches, and that the learning rate is not too small.</source>
        <translation>截至第 {step} 步的 {rows} 次读数中，{count} 个带适配器的模块里有 {idle} 个没有变化：{names}。它们的 B 仍为 0，或更新量不到其他模块的千分之一。请检查 target_modules 指定的层是否会被数据用到，以及学习率是否过小。</translation>
    </message>
    <message>
        <source>Evaluation rises while training falls</source>
        <translation>评估上升而训练下降</translation>
    </message>
    <message>
        <source>The last {count} evaluations are above {threshold}, which is {percent} % over the best evaluation loss {best} at step {best_step}, while the training loss still falls: the model learns the training data by heart. The checkpoint of step {best_step} is the one to keep; stop here, or start again with fewer steps, more data, a smaller rank or more dropout.</source>
        <translation>最近 {count} 次评估高于 {threshold}，比第 {best_step} 步的最佳评估损失 {best} 高出 {percent} %，而训练损失仍在下降：模型正在死记训练数据。应保留第 {best_step} 步的检查点；请在此停止，或用更少的步数、更多的数据、更小的秩或更大的 Dropout 重新开始。</translation>
    </message>
    <message>
        <source>Loss spike</source>
        <translation>损失尖峰</translation>
    </message>
    <message>
        <source>Loss rose and stayed high</source>
        <translation>损失上升后居高不下</translation>
    </message>
    <message>
        <source>The training loss</source>
        <translation>训练损失</translation>
    </message>
    <message>
        <source>One such step is harmless when the loss comes back. If they repeat, look at the data of these steps, lower the learning rate or clip gradients lower.</source>
        <translation>如果损失随后回落，单独一步无碍。若反复出现，请查看这些步的数据，降低学习率，或更严格地裁剪梯度。</translation>
    </message>
    <message>
        <source>Gradient spike</source>
        <translation>梯度尖峰</translation>
    </message>
    <message>
        <source>Gradient norm rose and stayed high</source>
        <translation>梯度范数上升后居高不下</translation>
    </message>
    <message>
        <source>The gradient norm before clipping</source>
        <translation>裁剪之前的梯度范数</translation>
    </message>
    <message>
        <source>Such spikes often come before loss spikes. Clipping (max_grad_norm) bounds their effect; if they repeat, look at the data of these steps or lower the learning rate.</source>
        <translation>这类尖峰常出现在损失尖峰之前。裁剪（max_grad_norm）会限制其影响；若反复出现，请查看这些步的数据或降低学习率。</translation>
    </message>
    <message>
        <source>{subject} rose to {peak} and did not come down ({steps}); before, its median was {median}, and {threshold} was the limit. {advice}</source>
        <translation>{subject}升至 {peak} 且未回落（{steps}）；此前中位数为 {median}，界限为 {threshold}。{advice}</translation>
    </message>
    <message>
        <source>{subject} reached {peak} at step {peak_step} ({steps}); its recent median was {median}, and {threshold} was the limit. {advice}</source>
        <translation>{subject}在第 {peak_step} 步达到 {peak}（{steps}）；近期中位数为 {median}，界限为 {threshold}。{advice}</translation>
    </message>
    <message>
        <source>Values that are not finite</source>
        <translation>出现非有限值</translation>
    </message>
    <message>
        <source>At step {step} {parts}{tensor}. {count} steps of this run had such values so far. Resume from a checkpoint before step {step} with a lower learning rate or gradient clipping, or look at the data of this step.</source>
        <translation>第 {step} 步：{parts}{tensor}。此运行目前有 {count} 步出现这类值。请从第 {step} 步之前的检查点以更低的学习率或梯度裁剪继续，或查看该步的数据。</translation>
    </message>
    <message>
        <source>is needed</source>
        <translation>必须填写</translation>
    </message>
    <message>
        <source>num_train_epochs and max_steps are both 0</source>
        <translation>num_train_epochs 和 max_steps 都是 0</translation>
    </message>
    <message>
        <source>set one of them: it says how long to train</source>
        <translation>请设置其中之一：它决定训练多久</translation>
    </message>
    <message>
        <source>the warm-up is as long as the run or longer</source>
        <translation>预热与运行一样长或更长</translation>
    </message>
    <message>
        <source>choose less than max_steps</source>
        <translation>请选择小于 max_steps 的值</translation>
    </message>
    <message>
        <source>early stopping needs evaluation data</source>
        <translation>早停需要评估数据</translation>
    </message>
    <message>
        <source>set data.eval_file or data.eval_split</source>
        <translation>请设置 data.eval_file 或 data.eval_split</translation>
    </message>
    <message>
        <source>early stopping needs evaluations on the way</source>
        <translation>早停需要在训练途中评估</translation>
    </message>
    <message>
        <source>set evaluation.eval_steps above 0</source>
        <translation>请将 evaluation.eval_steps 设为大于 0</translation>
    </message>
    <message>
        <source>an adapter cannot be continued when all weights are trained</source>
        <translation>训练全部权重时不能从已有适配器继续</translation>
    </message>
    <message>
        <source>clear it or set adapter.method to lora</source>
        <translation>请清空它，或将 adapter.method 设为 lora</translation>
    </message>
    <message>
        <source>a whole number from {low} to {high}</source>
        <translation>{low} 到 {high} 的整数</translation>
    </message>
    <message>
        <source>a number above {low} and below {high}</source>
        <translation>大于 {low} 且小于 {high} 的数</translation>
    </message>
    <message>
        <source>a number above {low}, at most {high}</source>
        <translation>大于 {low} 且不超过 {high} 的数</translation>
    </message>
    <message>
        <source>a number from {low} to below {high}</source>
        <translation>不小于 {low} 且小于 {high} 的数</translation>
    </message>
    <message>
        <source>a number from {low} to {high}</source>
        <translation>{low} 到 {high} 的数</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>a path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>one of {names}</source>
        <translation>{names} 之一</translation>
    </message>
    <message>
        <source>a list of texts</source>
        <translation>文本列表</translation>
    </message>
    <message>
        <source>a list of module names, a regular expression or &quot;all-linear&quot;</source>
        <translation>模块名列表、正则表达式或 &quot;all-linear&quot;</translation>
    </message>
    <message>
        <source>found {value}, allowed {allowed}</source>
        <translation>当前为 {value}，允许 {allowed}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>How the run is called in the library. Empty: the name of the model and the data.</source>
        <translation>运行在库中的名称。留空：使用模型和数据的名称。</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Words to find and group runs by.</source>
        <translation>用于查找和分组运行的词语。</translation>
    </message>
    <message>
        <source>Model folder</source>
        <translation>模型文件夹</translation>
    </message>
    <message>
        <source>Folder of the base model in the Hugging Face layout (config.json, model.safetensors, tokenizer.json).</source>
        <translation>Hugging Face 格式的基础模型文件夹（config.json、model.safetensors、tokenizer.json）。</translation>
    </message>
    <message>
        <source>Weights in memory</source>
        <translation>内存中的权重</translation>
    </message>
    <message>
        <source>Number type of the base weights in memory. auto measures which of the two is faster and exact enough on this machine. The adapter is always float32.</source>
        <translation>基础权重在内存中的数值类型。auto 会测量两者中哪个在本机上更快且足够精确。适配器始终为 float32。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Where to compute: auto takes the first GPU if there is one, else the processor.</source>
        <translation>在哪里计算：auto 优先使用第一块 GPU，没有则使用处理器。</translation>
    </message>
    <message>
        <source>auto, cpu or cuda:N</source>
        <translation>auto、cpu 或 cuda:N</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>Processor threads for the computation. 0: one for each physical core.</source>
        <translation>用于计算的处理器线程数。0：每个物理核心一个。</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>lora trains small matrices beside the frozen weights; full trains all weights (for tiny models).</source>
        <translation>lora 在冻结的权重旁训练小矩阵；full 训练全部权重（用于很小的模型）。</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>Rank of the adapter. Higher can learn more and needs more memory.</source>
        <translation>适配器的秩。越高学得越多，也需要更多内存。</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>Scale of the adapter: its product is multiplied by lora_alpha / r. Often twice r.</source>
        <translation>适配器的缩放：其乘积会乘以 lora_alpha / r。常取 r 的两倍。</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Share of the adapter&apos;s inputs set to zero while training.</source>
        <translation>训练时适配器输入被置零的比例。</translation>
    </message>
    <message>
        <source>Target modules</source>
        <translation>目标模块</translation>
    </message>
    <message>
        <source>Which linear layers get an adapter: a list of names such as [&quot;q_proj&quot;, &quot;v_proj&quot;], one regular expression that matches whole module paths, or &quot;all-linear&quot;.</source>
        <translation>哪些线性层带适配器：名称列表（如 [&quot;q_proj&quot;, &quot;v_proj&quot;]）、匹配完整模块路径的正则表达式，或 &quot;all-linear&quot;。</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>起始适配器</translation>
    </message>
    <message>
        <source>Training data</source>
        <translation>训练数据</translation>
    </message>
    <message>
        <source>File with the rows to train on: JSONL, JSON, plain text, or safetensors with token batches.</source>
        <translation>训练数据文件：JSONL、JSON、纯文本，或含 token 批次的 safetensors。</translation>
    </message>
    <message>
        <source>Evaluation data</source>
        <translation>评估数据</translation>
    </message>
    <message>
        <source>File with rows that are only evaluated. Empty: a part of the training data is split off (eval_split).</source>
        <translation>仅用于评估的数据文件。留空：从训练数据中分出一部分（eval_split）。</translation>
    </message>
    <message>
        <source>Evaluation share</source>
        <translation>评估比例</translation>
    </message>
    <message>
        <source>Share of the rows kept for evaluation where there is no eval_file. 0: no evaluation.</source>
        <translation>没有 eval_file 时留作评估的行所占比例。0：不评估。</translation>
    </message>
    <message>
        <source>Form of the rows</source>
        <translation>数据行格式</translation>
    </message>
    <message>
        <source>Longest row</source>
        <translation>最大行长</translation>
    </message>
    <message>
        <source>Tokens; longer rows are cut at the end.</source>
        <translation>以 token 计；更长的行从末尾截断。</translation>
    </message>
    <message>
        <source>Train on prompts</source>
        <translation>对提示词也训练</translation>
    </message>
    <message>
        <source>Also learn the user&apos;s part of a row, not only the answer.</source>
        <translation>除回答外，也学习用户部分。</translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation>打乱顺序</translation>
    </message>
    <message>
        <source>Take the rows in a new random order in every epoch.</source>
        <translation>每个 epoch 以新的随机顺序取数据行。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Highest learning rate of the schedule.</source>
        <translation>学习率曲线的最高值。</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>调度方式</translation>
    </message>
    <message>
        <source>How the learning rate goes down after the warm-up: as a cosine to 0, as a line to 0, or not at all.</source>
        <translation>预热后学习率如何下降：余弦到 0、线性到 0，或保持不变。</translation>
    </message>
    <message>
        <source>Warm-up share</source>
        <translation>预热比例</translation>
    </message>
    <message>
        <source>Share of all steps in which the learning rate rises from 0.</source>
        <translation>学习率从 0 上升的步数占总步数的比例。</translation>
    </message>
    <message>
        <source>Warm-up steps</source>
        <translation>预热步数</translation>
    </message>
    <message>
        <source>Steps of the warm-up. Above 0 it wins over warmup_ratio.</source>
        <translation>预热的步数。大于 0 时优先于 warmup_ratio。</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epoch 数</translation>
    </message>
    <message>
        <source>How often the data is gone through; parts of one are allowed.</source>
        <translation>遍历数据的次数；可以是小数。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Optimizer steps of the run. Above 0 it wins over num_train_epochs.</source>
        <translation>运行的优化步数。大于 0 时优先于 num_train_epochs。</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批次大小</translation>
    </message>
    <message>
        <source>Rows that are computed together. Decides the memory needed.</source>
        <translation>一起计算的行数。决定所需内存。</translation>
    </message>
    <message>
        <source>Gradient accumulation</source>
        <translation>梯度累积</translation>
    </message>
    <message>
        <source>Batches whose gradients are added up for one step: rows per step = batch size × this.</source>
        <translation>每步累加梯度的批次数：每步行数 = 批次大小 × 此值。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Decoupled weight decay of AdamW.</source>
        <translation>AdamW 的解耦权重衰减。</translation>
    </message>
    <message>
        <source>Adam β1</source>
        <translation>Adam β1</translation>
    </message>
    <message>
        <source>Memory of the mean gradient.</source>
        <translation>梯度均值的记忆系数。</translation>
    </message>
    <message>
        <source>Adam β2</source>
        <translation>Adam β2</translation>
    </message>
    <message>
        <source>Memory of the mean squared gradient.</source>
        <translation>梯度平方均值的记忆系数。</translation>
    </message>
    <message>
        <source>Adam ε</source>
        <translation>Adam ε</translation>
    </message>
    <message>
        <source>Added to the root of the mean squared gradient.</source>
        <translation>加到梯度平方均值的平方根上。</translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>A gradient whose norm is larger is scaled down to this norm. 0: no clipping.</source>
        <translation>范数更大的梯度会缩小到此范数。0：不裁剪。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Start of all random numbers: order of rows, split, fresh adapter, dropout.</source>
        <translation>所有随机数的起点：行的顺序、划分、新适配器、Dropout。</translation>
    </message>
    <message>
        <source>At NaN or infinity</source>
        <translation>遇到 NaN 或无穷大时</translation>
    </message>
    <message>
        <source>What a loss or gradient that is not a finite number does: stop with everything saved, or skip the step and count it.</source>
        <translation>损失或梯度不是有限数时怎么办：保存一切并停止，或跳过该步并计数。</translation>
    </message>
    <message>
        <source>Evaluate every</source>
        <translation>评估间隔</translation>
    </message>
    <message>
        <source>Steps between evaluations; there is always one before the first and one after the last step. 0: only those.</source>
        <translation>两次评估之间的步数；第一步之前和最后一步之后总会评估。0：只有这两次。</translation>
    </message>
    <message>
        <source>Evaluation batch size</source>
        <translation>评估批次大小</translation>
    </message>
    <message>
        <source>Rows that are evaluated together.</source>
        <translation>一起评估的行数。</translation>
    </message>
    <message>
        <source>Early stopping</source>
        <translation>早停</translation>
    </message>
    <message>
        <source>The run ends after this many evaluations in a row without a better one. 0: off.</source>
        <translation>连续这么多次评估没有改善后结束运行。0：关闭。</translation>
    </message>
    <message>
        <source>Least improvement</source>
        <translation>最小改善</translation>
    </message>
    <message>
        <source>By how much an evaluation loss must be lower to count as better.</source>
        <translation>评估损失至少要低多少才算改善。</translation>
    </message>
    <message>
        <source>Sample prompts</source>
        <translation>样例提示词</translation>
    </message>
    <message>
        <source>Prompts that are answered at every evaluation, to see the change in words.</source>
        <translation>每次评估都会回答的提示词，从文字中看到变化。</translation>
    </message>
    <message>
        <source>Sample length</source>
        <translation>样例长度</translation>
    </message>
    <message>
        <source>Most tokens of a sample.</source>
        <translation>每个样例最多的 token 数。</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Randomness of samples. 0: always the likeliest token.</source>
        <translation>样例的随机性。0：总是取最可能的 token。</translation>
    </message>
    <message>
        <source>Save every</source>
        <translation>保存间隔</translation>
    </message>
    <message>
        <source>Steps between checkpoints; there is always one at the end. 0: only that.</source>
        <translation>两个检查点之间的步数；结束时总会保存一个。0：只有那一个。</translation>
    </message>
    <message>
        <source>Checkpoints kept</source>
        <translation>保留的检查点数</translation>
    </message>
    <message>
        <source>The newest so many are kept, and the best one always. 0: all.</source>
        <translation>保留最新的若干个，最佳的始终保留。0：全部。</translation>
    </message>
    <message>
        <source>Record every</source>
        <translation>记录间隔</translation>
    </message>
    <message>
        <source>Steps between rows of metrics.</source>
        <translation>两行指标之间的步数。</translation>
    </message>
    <message>
        <source>Record modules every</source>
        <translation>模块记录间隔</translation>
    </message>
    <message>
        <source>Steps between rows of numbers for each adapted module. 0: none.</source>
        <translation>每个带适配器的模块两行数据之间的步数。0：不记录。</translation>
    </message>
    <message>
        <source>Training loss</source>
        <translation>训练损失</translation>
    </message>
    <message>
        <source>Mean cross entropy of the trained tokens of all micro-batches of the step, each token with the same weight, computed before the weights are updated.</source>
        <translation>该步所有微批次中被训练 token 的平均交叉熵，每个 token 权重相同，在更新权重之前计算。</translation>
    </message>
    <message>
        <source>Evaluation loss</source>
        <translation>评估损失</translation>
    </message>
    <message>
        <source>Mean cross entropy over all trained tokens of the evaluation data, dropout off, with the weights after this step (step 0: before training).</source>
        <translation>评估数据中全部被训练 token 的平均交叉熵，关闭 Dropout，使用该步之后的权重（第 0 步：训练之前）。</translation>
    </message>
    <message>
        <source>Learning rate that this step&apos;s update used, after warm-up and decay.</source>
        <translation>该步更新所用的学习率，已计入预热与衰减。</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Global Euclidean norm of the accumulated gradient of all trained parameters, before clipping: the root of the sum of the squared norms of the tensors.</source>
        <translation>全部被训练参数的累积梯度在裁剪之前的全局欧几里得范数：各张量范数平方和的平方根。</translation>
    </message>
    <message>
        <source>Clip factor</source>
        <translation>裁剪系数</translation>
    </message>
    <message>
        <source>Factor by which clipping scaled the gradient: min(1, c / norm); 1 means not clipped. Absent when clipping is off.</source>
        <translation>裁剪对梯度的缩放系数：min(1, c / 范数)；1 表示未裁剪。关闭裁剪时没有此值。</translation>
    </message>
    <message>
        <source>Gradient cosine</source>
        <translation>梯度余弦</translation>
    </message>
    <message>
        <source>Cosine between the accumulated gradient of this step and that of the step before, over all trained parameters. Absent at the first step and where a norm is 0. Random directions in d dimensions scatter around 0 with standard deviation 1 / sqrt(d); two independent batches of size B are expected at 1 / (1 + noise scale / B), so a small positive value is healthy.</source>
        <translation>该步累积梯度与上一步累积梯度在全部被训练参数上的余弦。第一步以及范数为 0 时没有此值。d 维空间中的随机方向在 0 附近散布，标准差为 1 / sqrt(d)；两个大小为 B 的独立批次的期望值为 1 / (1 + 噪声尺度 / B)，因此小的正值是健康的。</translation>
    </message>
    <message>
        <source>Non-finite gradient values</source>
        <translation>非有限梯度值</translation>
    </message>
    <message>
        <source>Number of gradient elements of this step that are NaN or infinite.</source>
        <translation>该步梯度中为 NaN 或无穷大的元素个数。</translation>
    </message>
    <message>
        <source>Skipped steps</source>
        <translation>跳过的步数</translation>
    </message>
    <message>
        <source>Steps since the start of the run whose update was left out because loss or gradient was not finite.</source>
        <translation>自运行开始以来因损失或梯度非有限而未更新的步数。</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Epoch</translation>
    </message>
    <message>
        <source>Passes over the training data so far, with the fraction of the current one.</source>
        <translation>到目前为止遍历训练数据的次数，包含当前一遍的小数部分。</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token 数</translation>
    </message>
    <message>
        <source>Tokens fed to the model since the start of the run, padding left out.</source>
        <translation>自运行开始以来输入模型的 token 数，不含填充。</translation>
    </message>
    <message>
        <source>Trained tokens</source>
        <translation>被训练 token 数</translation>
    </message>
    <message>
        <source>Tokens since the start of the run that counted in the loss.</source>
        <translation>自运行开始以来计入损失的 token 数。</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>每秒 token 数</translation>
    </message>
    <message>
        <source>Tokens of this step, padding left out, divided by the time of the step.</source>
        <translation>该步的 token 数（不含填充）除以该步用时。</translation>
    </message>
    <message>
        <source>Trained tokens per second</source>
        <translation>每秒被训练 token 数</translation>
    </message>
    <message>
        <source>Tokens of this step that counted in the loss, divided by the time of the step.</source>
        <translation>该步计入损失的 token 数除以该步用时。</translation>
    </message>
    <message>
        <source>Step time</source>
        <translation>每步用时</translation>
    </message>
    <message>
        <source>Wall time of the step without evaluation and saving.</source>
        <translation>该步的实际用时，不含评估与保存。</translation>
    </message>
    <message>
        <source>Data time</source>
        <translation>数据用时</translation>
    </message>
    <message>
        <source>Part of the step time spent on reading, padding and moving batches.</source>
        <translation>每步用时中读取、填充和搬运批次的部分。</translation>
    </message>
    <message>
        <source>Forward time</source>
        <translation>前向用时</translation>
    </message>
    <message>
        <source>Part of the step time spent in the forward passes.</source>
        <translation>每步用时中前向计算的部分。</translation>
    </message>
    <message>
        <source>Backward time</source>
        <translation>反向用时</translation>
    </message>
    <message>
        <source>Part of the step time spent in the backward passes.</source>
        <translation>每步用时中反向计算的部分。</translation>
    </message>
    <message>
        <source>Optimizer time</source>
        <translation>优化器用时</translation>
    </message>
    <message>
        <source>Part of the step time spent on clipping and the weight update.</source>
        <translation>每步用时中裁剪和更新权重的部分。</translation>
    </message>
    <message>
        <source>Monitoring time</source>
        <translation>监测用时</translation>
    </message>
    <message>
        <source>Part of the step time spent on computing and handing over these numbers.</source>
        <translation>每步用时中计算并交付这些数据的部分。</translation>
    </message>
    <message>
        <source>Evaluation time</source>
        <translation>评估用时</translation>
    </message>
    <message>
        <source>Wall time of the evaluation after this step.</source>
        <translation>该步之后评估的实际用时。</translation>
    </message>
    <message>
        <source>Saving time</source>
        <translation>保存用时</translation>
    </message>
    <message>
        <source>Wall time of the checkpoints written since the row before.</source>
        <translation>自上一行以来写检查点的实际用时。</translation>
    </message>
    <message>
        <source>Resident memory</source>
        <translation>驻留内存</translation>
    </message>
    <message>
        <source>Main memory of the engine process that is resident at the end of the step (VmRSS of /proc/self/status).</source>
        <translation>该步结束时引擎进程驻留的主内存（/proc/self/status 的 VmRSS）。</translation>
    </message>
    <message>
        <source>Peak resident memory</source>
        <translation>驻留内存峰值</translation>
    </message>
    <message>
        <source>Largest resident memory of the engine process since its start (VmHWM of /proc/self/status).</source>
        <translation>引擎进程自启动以来驻留内存的最大值（/proc/self/status 的 VmHWM）。</translation>
    </message>
    <message>
        <source>Device memory in use</source>
        <translation>已用设备内存</translation>
    </message>
    <message>
        <source>Memory of the accelerator that tensors occupy at the end of the step. Absent without one.</source>
        <translation>该步结束时张量占用的加速器内存。没有加速器时没有此值。</translation>
    </message>
    <message>
        <source>Device memory reserved</source>
        <translation>已预留设备内存</translation>
    </message>
    <message>
        <source>Memory of the accelerator that the allocator holds at the end of the step. Absent without one.</source>
        <translation>该步结束时分配器持有的加速器内存。没有加速器时没有此值。</translation>
    </message>
    <message>
        <source>Peak device memory</source>
        <translation>设备内存峰值</translation>
    </message>
    <message>
        <source>Largest memory of the accelerator that tensors occupied since the start. Absent without one.</source>
        <translation>自启动以来张量占用加速器内存的最大值。没有加速器时没有此值。</translation>
    </message>
    <message>
        <source>Norm of A</source>
        <translation>A 的范数</translation>
    </message>
    <message>
        <source>Frobenius norm of A after the step. Freshly initialised (Kaiming uniform, a = sqrt 5) it is expected at sqrt(r / 3).</source>
        <translation>该步之后 A 的 Frobenius 范数。刚初始化时（Kaiming 均匀分布，a = sqrt 5）期望值为 sqrt(r / 3)。</translation>
    </message>
    <message>
        <source>Norm of B</source>
        <translation>B 的范数</translation>
    </message>
    <message>
        <source>Frobenius norm of B after the step. It starts at 0; while it stays there the module has not learned.</source>
        <translation>该步之后 B 的 Frobenius 范数。从 0 开始；若一直为 0，说明该模块没有学习。</translation>
    </message>
    <message>
        <source>Norm of the weight change</source>
        <translation>权重变化的范数</translation>
    </message>
    <message>
        <source>Gradient norm of A</source>
        <translation>A 的梯度范数</translation>
    </message>
    <message>
        <source>Frobenius norm of the accumulated gradient of A before clipping. Exactly 0 at the first step, as B is 0 then.</source>
        <translation>A 的累积梯度在裁剪之前的 Frobenius 范数。第一步恰为 0，因为此时 B 为 0。</translation>
    </message>
    <message>
        <source>Gradient norm of B</source>
        <translation>B 的梯度范数</translation>
    </message>
    <message>
        <source>Frobenius norm of the accumulated gradient of B before clipping.</source>
        <translation>B 的累积梯度在裁剪之前的 Frobenius 范数。</translation>
    </message>
    <message>
        <source>Cosine between the accumulated gradient of A and B together and that of the step before. Absent at the first step and where a norm is 0.</source>
        <translation>A 与 B 合并的累积梯度与上一步之间的余弦。第一步以及范数为 0 时没有此值。</translation>
    </message>
    <message>
        <source>Update ratio</source>
        <translation>更新比</translation>
    </message>
    <message>
        <source>Norm of the change of s B A by this step, divided by the norm of the frozen matrix of the base model.</source>
        <translation>该步引起的 s B A 变化的范数，除以基础模型中冻结矩阵的范数。</translation>
    </message>
    <message>
        <source>this folder holds an adapter, not a model</source>
        <translation>此文件夹中是适配器，不是模型</translation>
    </message>
    <message>
        <source>choose its base model here, and the adapter in adapter.start_from</source>
        <translation>请在此选择其基础模型，并在 adapter.start_from 中选择该适配器</translation>
    </message>
    <message>
        <source>the model folder has no tokenizer.json</source>
        <translation>模型文件夹中没有 tokenizer.json</translation>
    </message>
    <message>
        <source>copy it from where the model comes from, or train on token batches</source>
        <translation>请从模型来源处复制，或使用 token 批次训练</translation>
    </message>
    <message>
        <source>this folder holds a model, not an adapter</source>
        <translation>此文件夹中是模型，不是适配器</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>没有这个文件</translation>
    </message>
    <message>
        <source>is a folder, a file is needed</source>
        <translation>这是文件夹，需要的是文件</translation>
    </message>
    <message>
        <source>may not be read</source>
        <translation>没有读取权限</translation>
    </message>
    <message>
        <source>the file is empty</source>
        <translation>文件为空</translation>
    </message>
    <message>
        <source>the engine ended without a last word: it was killed, ran out of memory, or the power failed</source>
        <translation>引擎未留下结束记录：被强制结束、内存耗尽或断电</translation>
    </message>
    <message>
        <source>layers cannot be chosen where target_modules is a regular expression</source>
        <translation>target_modules 为正则表达式时不能选择层</translation>
    </message>
    <message>
        <source>name the layers in the expression, or give a list of names</source>
        <translation>请在表达式中写明层，或给出名称列表</translation>
    </message>
    <message>
        <source>is of no use without layers_to_transform</source>
        <translation>没有 layers_to_transform 时不起作用</translation>
    </message>
    <message>
        <source>LoRA+ needs an adapter</source>
        <translation>LoRA+ 需要适配器</translation>
    </message>
    <message>
        <source>set it to 1 or adapter.method to lora</source>
        <translation>请设为 1，或将 adapter.method 设为 lora</translation>
    </message>
    <message>
        <source>a list of module names or a regular expression</source>
        <translation>模块名称列表或正则表达式</translation>
    </message>
    <message>
        <source>a list, each of it {allowed}</source>
        <translation>一个列表，其中每一项为{allowed}</translation>
    </message>
    <message>
        <source>an object of regular expressions, each with {allowed}</source>
        <translation>由正则表达式组成的对象，每个对应{allowed}</translation>
    </message>
    <message>
        <source>Excluded modules</source>
        <translation>排除的模块</translation>
    </message>
    <message>
        <source>Modules that get no adapter although target_modules names them: a list of names, or one regular expression that matches whole module paths.</source>
        <translation>虽被 target_modules 指定但不添加适配器的模块：名称列表，或一个匹配完整模块路径的正则表达式。</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Numbers of the layers that get an adapter, from 0. Empty: all.</source>
        <translation>添加适配器的层的编号，从 0 开始。留空：全部。</translation>
    </message>
    <message>
        <source>Name of the layers</source>
        <translation>层的名称</translation>
    </message>
    <message>
        <source>How the model calls its list of layers, for layers_to_transform (&quot;layers&quot;, &quot;h&quot;). Empty: any name.</source>
        <translation>模型中层列表的名称，用于 layers_to_transform（“layers”、“h”）。留空：任意名称。</translation>
    </message>
    <message>
        <source>Ranks of modules</source>
        <translation>各模块的秩</translation>
    </message>
    <message>
        <source>Ranks that differ from r: regular expressions for the ends of module paths, the first that matches counts.</source>
        <translation>与 r 不同的秩：匹配模块路径末尾的正则表达式，以第一个匹配者为准。</translation>
    </message>
    <message>
        <source>Alphas of modules</source>
        <translation>各模块的 Alpha</translation>
    </message>
    <message>
        <source>Alphas that differ from lora_alpha: regular expressions for the ends of module paths, the first that matches counts.</source>
        <translation>与 lora_alpha 不同的 Alpha：匹配模块路径末尾的正则表达式，以第一个匹配者为准。</translation>
    </message>
    <message>
        <source>Modules trained in full</source>
        <translation>完整训练的模块</translation>
    </message>
    <message>
        <source>Ends of the names of modules that are trained without an adapter and saved with it, such as lm_head or embed_tokens.</source>
        <translation>不用适配器而直接训练、并与适配器一同保存的模块的名称末尾，例如 lm_head 或 embed_tokens。</translation>
    </message>
    <message>
        <source>Rank-stabilised (rsLoRA)</source>
        <translation>秩稳定（rsLoRA）</translation>
    </message>
    <message>
        <source>rsLoRA: scale by lora_alpha / sqrt(r) in place of lora_alpha / r, so that high ranks learn as fast as low ones.</source>
        <translation>rsLoRA：以 lora_alpha / sqrt(r) 代替 lora_alpha / r 进行缩放，使高秩与低秩学习得一样快。</translation>
    </message>
    <message>
        <source>Decomposed (DoRA)</source>
        <translation>权重分解（DoRA）</translation>
    </message>
    <message>
        <source>DoRA: also train the length of each row of the changed weights. Slower, often better at low ranks.</source>
        <translation>DoRA：同时训练变化后权重每一行的长度。较慢，低秩时往往更好。</translation>
    </message>
    <message>
        <source>Start of the adapter</source>
        <translation>适配器的初始值</translation>
    </message>
    <message>
        <source>true: A random, B 0. gaussian: A normally distributed. pissa: from the largest singular values of each weight; pissa_niter_N: the same, found faster with N rounds.</source>
        <translation>true：A 随机，B 为 0。gaussian：A 服从正态分布。pissa：取自每个权重的最大奇异值；pissa_niter_N：同上，用 N 轮更快求得。</translation>
    </message>
    <message>
        <source>true, gaussian, pissa or pissa_niter_N</source>
        <translation>true、gaussian、pissa 或 pissa_niter_N</translation>
    </message>
    <message>
        <source>Biases</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>Which biases are trained: none, all of the model, or those of the modules with an adapter.</source>
        <translation>训练哪些偏置：不训练、模型的全部，或带适配器的模块的偏置。</translation>
    </message>
    <message>
        <source>Folder of an existing adapter (PEFT) to continue from; all settings of the adapter but its dropout are then taken from it. Empty: a fresh adapter.</source>
        <translation>要继续训练的现有适配器（PEFT）的文件夹；除 dropout 外，适配器的所有设置都取自其中。留空：新的适配器。</translation>
    </message>
    <message>
        <source>LoRA+ ratio</source>
        <translation>LoRA+ 比率</translation>
    </message>
    <message>
        <source>Learning rate of the B matrices divided by that of the A matrices. 1: the same; LoRA+ takes about 16.</source>
        <translation>B 矩阵的学习率与 A 矩阵的学习率之比。1：相同；LoRA+ 约取 16。</translation>
    </message>
    <message>
        <source>Learning rate of B</source>
        <translation>B 的学习率</translation>
    </message>
    <message>
        <source>With LoRA+: the learning rate that this step&apos;s update used for B and for trained vectors, which is learning_rate times loraplus_lr_ratio. Absent without.</source>
        <translation>使用 LoRA+ 时：本步更新对 B 以及所训练的向量使用的学习率，即 learning_rate 乘以 loraplus_lr_ratio。否则不存在。</translation>
    </message>
    <message>
        <source>Frobenius norm of s B A, from s sqrt(tr((BᵀB)(AAᵀ))), without forming the product. With PiSSA of s (B A − B₀ A₀), the change since the start.</source>
        <translation>s B A 的 Frobenius 范数，由 s sqrt(tr((BᵀB)(AAᵀ))) 求得，不构造乘积。使用 PiSSA 时为 s (B A − B₀ A₀) 的范数，即自开始以来的变化。</translation>
    </message>
    <message>
        <source>Fields of a row: text; prompt and completion; alpaca (instruction, input, output); messages (role, content); sharegpt (from, value); token batches. auto looks at the first row.</source>
        <translation>每行的字段：text；prompt 与 completion；alpaca（instruction、input、output）；messages（role、content）；sharegpt（from、value）；token 批次。auto 根据第一行判断。</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>对话模板</translation>
    </message>
    <message>
        <source>File with a chat template (Jinja) for conversations, or the name of one of the model&apos;s, or chatml. Empty: the model&apos;s own, and plain ChatML where it has none.</source>
        <translation>对话所用模板（Jinja）的文件，或模型自带模板之一的名称，或 chatml。留空：用模型自带的模板；没有时用普通 ChatML。</translation>
    </message>
    <message>
        <source>Packing</source>
        <translation>打包</translation>
    </message>
    <message>
        <source>Put the rows of a step one behind another, without padding, each seeing only itself, as many at once as batch size × longest row holds. Faster; learns the same.</source>
        <translation>把一步中的各行首尾相接、不加填充，每行只看到自身；一次容纳的 token 数为批次大小 × 最长行。更快，学到的内容不变。</translation>
    </message>
    <message>
        <source>Gradient checkpointing</source>
        <translation>梯度检查点</translation>
    </message>
    <message>
        <source>Compute the activations of each layer again in the backward pass in place of keeping them: much less memory, slower; learns the same. auto: only where memory would run short.</source>
        <translation>在反向传播中逐层重新计算激活值，而不是保留它们：内存少得多，但更慢；学到的内容不变。auto：仅在内存可能不足时启用。</translation>
    </message>
    <message>
        <source>quantised weights cannot be trained themselves</source>
        <translation>量化后的权重本身无法训练</translation>
    </message>
    <message>
        <source>set it to none or adapter.method to lora</source>
        <translation>请设为 none，或将 adapter.method 设为 lora</translation>
    </message>
    <message>
        <source>PiSSA changes the weights it begins from, and quantised ones stay as they are</source>
        <translation>PiSSA 会改动它所依据的权重，而量化后的权重保持不变</translation>
    </message>
    <message>
        <source>choose true or gaussian, or set model.quantization to none</source>
        <translation>请选择 true 或 gaussian，或将 model.quantization 设为 none</translation>
    </message>
    <message>
        <source>Quantisation</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>nf4 keeps the frozen weights of the layers in 4 bits a number (QLoRA): about a quarter of the memory of bfloat16, a little less exact and slower. Embeddings and head stay as they are.</source>
        <translation>nf4 以每个数 4 位保存各层冻结的权重（QLoRA）：内存约为 bfloat16 的四分之一，精度略低，也更慢。嵌入层和输出层保持不变。</translation>
    </message>
    <message>
        <source>Double quantisation</source>
        <translation>双重量化</translation>
    </message>
    <message>
        <source>Also quantise the scales of 4-bit weights: 0.516 in place of 0.5625 bytes a number.</source>
        <translation>4 位权重的缩放系数也加以量化：每个数占 0.516 字节，而不是 0.5625 字节。</translation>
    </message>
</context>
<context>
    <name>lens::AboutDialog</name>
    <message>
        <source>About Training Lens</source>
        <translation>关于 Training Lens</translation>
    </message>
    <message>
        <source>Training Lens %1</source>
        <translation>Training Lens %1</translation>
    </message>
    <message>
        <source>Launch LoRA fine-tuning runs, watch them, understand them, keep them.</source>
        <translation>启动、观察、理解并保存 LoRA 微调运行。</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>The source of Training Lens is under the MIT licence. © 2026 The Training Lens developers.</source>
        <translation>Training Lens 的源代码采用 MIT 许可证。© 2026 The Training Lens developers。</translation>
    </message>
    <message>
        <source>The window uses QCustomPlot, which is under the GPL-3.0; so this program as a whole is distributed under the GPL-3.0. The engine does not use it and is not affected.</source>
        <translation>窗口程序使用了采用 GPL-3.0 许可证的 QCustomPlot，因此整个程序按 GPL-3.0 分发。引擎不使用它，不受影响。</translation>
    </message>
    <message>
        <source>It is built from:</source>
        <translation>所用组件：</translation>
    </message>
</context>
<context>
    <name>lens::Actions</name>
    <message>
        <source>&amp;New run</source>
        <translation>新建运行(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open folder…</source>
        <translation>打开文件夹(&amp;O)…</translation>
    </message>
    <message>
        <source>Prepare the &amp;demo</source>
        <translation>准备演示(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Copy as new run</source>
        <translation>复制为新运行(&amp;C)</translation>
    </message>
    <message>
        <source>Re&amp;name…</source>
        <translation>重命名(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Tags…</source>
        <translation>标签(&amp;T)…</translation>
    </message>
    <message>
        <source>Show in &amp;file manager</source>
        <translation>在文件管理器中显示(&amp;F)</translation>
    </message>
    <message>
        <source>Move to tras&amp;h…</source>
        <translation>移到回收站(&amp;H)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>开始(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>继续(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Checkpoint now</source>
        <translation>立即保存检查点(&amp;C)</translation>
    </message>
    <message>
        <source>S&amp;top and save</source>
        <translation>停止并保存(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Kill…</source>
        <translation>强制结束(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Live</source>
        <translation>实时(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Samples</source>
        <translation>样例(&amp;S)</translation>
    </message>
    <message>
        <source>Lo&amp;g</source>
        <translation>日志(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Configuration</source>
        <translation>配置(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Filter the library</source>
        <translation>筛选运行库(&amp;F)</translation>
    </message>
    <message>
        <source>Show the l&amp;ibrary</source>
        <translation>显示运行库(&amp;I)</translation>
    </message>
    <message>
        <source>Show &amp;findings and events</source>
        <translation>显示发现和事件(&amp;F)</translation>
    </message>
    <message>
        <source>F&amp;it all plots</source>
        <translation>适应所有图表(&amp;I)</translation>
    </message>
    <message>
        <source>F&amp;ollow the newest step</source>
        <translation>跟随最新一步(&amp;O)</translation>
    </message>
    <message>
        <source>Loga&amp;rithmic loss axis</source>
        <translation>损失轴取对数(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Check this machine…</source>
        <translation>检查本机(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Help for this place</source>
        <translation>此处的帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;About Training Lens</source>
        <translation>关于 Training Lens(&amp;A)</translation>
    </message>
</context>
<context>
    <name>lens::CollapsiblePane</name>
    <message>
        <source>folded</source>
        <translation>已折叠</translation>
    </message>
    <message>
        <source>open</source>
        <translation>已展开</translation>
    </message>
</context>
<context>
    <name>lens::CompareJob</name>
    <message>
        <source>the engine gave no answer</source>
        <translation>引擎没有应答</translation>
    </message>
</context>
<context>
    <name>lens::ConfigDiffModel</name>
    <message>
        <source>%1: %2, default %3</source>
        <translation>%1：%2，默认 %3</translation>
    </message>
    <message>
        <source>%1: %2, as by default</source>
        <translation>%1：%2，与默认相同</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置项</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认值</translation>
    </message>
</context>
<context>
    <name>lens::ConfigForm</name>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>检查点</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>监测</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Less of %1</source>
        <translation>收起“%1”</translation>
    </message>
    <message>
        <source>More of %1</source>
        <translation>展开“%1”</translation>
    </message>
</context>
<context>
    <name>lens::ConfigurationPage</name>
    <message>
        <source>Configuration against the defaults</source>
        <translation>配置与默认值的对比</translation>
    </message>
    <message>
        <source>Show all settings</source>
        <translation>显示全部设置</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>what differs from the defaults</source>
        <translation>与默认值不同之处</translation>
    </message>
</context>
<context>
    <name>lens::EventLane</name>
    <message>
        <source>Events on the time axis</source>
        <translation>时间轴上的事件</translation>
    </message>
    <message>
        <source>Step %1: %2</source>
        <translation>第 %1 步：%2</translation>
    </message>
</context>
<context>
    <name>lens::EventListModel</name>
    <message>
        <source>Step %1, %2</source>
        <translation>第 %1 步，%2</translation>
    </message>
    <message>
        <source>Step %1: %2</source>
        <translation>第 %1 步：%2</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
</context>
<context>
    <name>lens::EventListView</name>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
</context>
<context>
    <name>lens::EventText</name>
    <message>
        <source>resumed from step %1</source>
        <translation>从第 %1 步继续</translation>
    </message>
    <message>
        <source>started</source>
        <translation>已启动</translation>
    </message>
    <message>
        <source>evaluation before training</source>
        <translation>训练前评估</translation>
    </message>
    <message>
        <source>evaluation</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>(best)</source>
        <translation>（最佳）</translation>
    </message>
    <message>
        <source>checkpoint</source>
        <translation>检查点</translation>
    </message>
    <message>
        <source>%1 changed from %2 to %3</source>
        <translation>%1 由 %2 改为 %3</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
</context>
<context>
    <name>lens::FieldEditor</name>
    <message>
        <source>one per line</source>
        <translation>每行一个</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Choose: %1</source>
        <translation>选择：%1</translation>
    </message>
</context>
<context>
    <name>lens::FindingListModel</name>
    <message>
        <source>Good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意</translation>
    </message>
    <message>
        <source>Failure</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>What and where</source>
        <translation>内容与位置</translation>
    </message>
</context>
<context>
    <name>lens::LibraryPanel</name>
    <message>
        <source>Filter the library</source>
        <translation>筛选运行库</translation>
    </message>
    <message>
        <source>Filter: name, model, state, tag…</source>
        <translation>筛选：名称、模型、状态、标签…</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Library · 1 run</source>
        <translation>运行库 · 1 个运行</translation>
    </message>
    <message>
        <source>Library · %1 runs</source>
        <translation>运行库 · %1 个运行</translation>
    </message>
</context>
<context>
    <name>lens::LivePage</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token 数</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Follow the newest step</source>
        <translation>跟随最新一步</translation>
    </message>
    <message>
        <source>Keeps the newest step in view while zoomed in (F)</source>
        <translation>放大时始终显示最新一步（F）</translation>
    </message>
    <message>
        <source>Horizontal axis</source>
        <translation>横轴</translation>
    </message>
    <message>
        <source>What runs along the horizontal axis of all plots</source>
        <translation>所有图表横轴所表示的量</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Weight of the debiased exponential mean; the raw curve stays under it. 0 shows the raw curve only.</source>
        <translation>去偏指数平均的权重；原始曲线保留在其下方。0 只显示原始曲线。</translation>
    </message>
    <message>
        <source>0 (raw)</source>
        <translation>0（原始）</translation>
    </message>
    <message>
        <source>x: %1 ▾</source>
        <translation>x：%1 ▾</translation>
    </message>
    <message>
        <source>Smoothing %1 ▾</source>
        <translation>平滑 %1 ▾</translation>
    </message>
    <message>
        <source>before clipping · clip at %1</source>
        <translation>裁剪之前 · 裁剪阈值 %1</translation>
    </message>
    <message>
        <source>not clipped</source>
        <translation>未裁剪</translation>
    </message>
    <message>
        <source>consecutive steps · noise floor ±%1</source>
        <translation>相邻两步 · 噪声下限 ±%1</translation>
    </message>
    <message>
        <source>consecutive steps</source>
        <translation>相邻两步</translation>
    </message>
    <message>
        <source>Follow on</source>
        <translation>跟随：开</translation>
    </message>
    <message>
        <source>Follow off</source>
        <translation>跟随：关</translation>
    </message>
</context>
<context>
    <name>lens::LogPage</name>
    <message>
        <source>Search the log</source>
        <translation>搜索日志</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一个</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>Output of the engine</source>
        <translation>引擎输出</translation>
    </message>
    <message>
        <source>The engine has not written anything yet. Its output appears here as it runs.</source>
        <translation>引擎尚未写出任何内容。它的输出会在运行时显示在这里。</translation>
    </message>
    <message>
        <source>(older lines are in the file only)</source>
        <translation>（更早的内容只在文件中）</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>找到 %1 处</translation>
    </message>
    <message>
        <source>more than %1 found</source>
        <translation>找到超过 %1 处</translation>
    </message>
</context>
<context>
    <name>lens::LogView</name>
    <message>
        <source>Search the log</source>
        <translation>搜索日志</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Keep the newest line in view</source>
        <translation>始终显示最新一行</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>went on at the end</source>
        <translation>已从末尾继续搜索</translation>
    </message>
    <message>
        <source>went on at the start</source>
        <translation>已从开头继续搜索</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>未找到</translation>
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
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>工具(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
</context>
<context>
    <name>lens::MessageBar</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>lens::NewRunPage</name>
    <message>
        <source>New run</source>
        <translation>新建运行</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Start run</source>
        <translation>开始运行</translation>
    </message>
    <message>
        <source>Before the start</source>
        <translation>开始之前</translation>
    </message>
    <message>
        <source>what was found in the files</source>
        <translation>在文件中读到的内容</translation>
    </message>
    <message>
        <source>To settle</source>
        <translation>待解决</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Nothing: the run can start.</source>
        <translation>没有问题：可以开始运行。</translation>
    </message>
    <message>
        <source>Creates the run&apos;s folder in the library and starts the engine. It goes on when the window is closed.</source>
        <translation>在运行库中创建此运行的文件夹并启动引擎。关闭窗口后引擎会继续运行。</translation>
    </message>
    <message>
        <source>Something has to be settled first; it is listed at the right.</source>
        <translation>请先解决右侧列出的问题。</translation>
    </message>
    <message>
        <source>%1 rows a step</source>
        <translation>每步 %1 行</translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation>%1 步</translation>
    </message>
    <message>
        <source>%1 epochs, about %2 steps</source>
        <translation>%1 个 epoch，约 %2 步</translation>
    </message>
    <message>
        <source>Choose a Hugging Face model folder.</source>
        <translation>请选择 Hugging Face 格式的模型文件夹。</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>No model that can be trained was found there.</source>
        <translation>那里没有可训练的模型。</translation>
    </message>
    <message>
        <source>%1 · %2 parameters · %3</source>
        <translation>%1 · %2 个参数 · %3</translation>
    </message>
    <message>
        <source>%1 layers, hidden size %2, vocabulary %3</source>
        <translation>%1 层，隐藏维度 %2，词表 %3</translation>
    </message>
    <message>
        <source>Tokenizer found.</source>
        <translation>已找到分词器。</translation>
    </message>
    <message>
        <source>No tokenizer.json: only token batches can be trained on.</source>
        <translation>没有 tokenizer.json：只能用 token 批次训练。</translation>
    </message>
    <message>
        <source>Choose the file with the rows to train on.</source>
        <translation>请选择训练数据文件。</translation>
    </message>
    <message>
        <source>The rows cannot be read.</source>
        <translation>无法读取这些数据行。</translation>
    </message>
    <message>
        <source>%1 rows · %2 · %3</source>
        <translation>%1 行 · %2 · %3</translation>
    </message>
    <message>
        <source>Fields of a row: %1</source>
        <translation>每行的字段：%1</translation>
    </message>
</context>
<context>
    <name>lens::PlotReadOut</name>
    <message>
        <source>%1 (smoothed %2)</source>
        <translation>%1（平滑 %2）</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
</context>
<context>
    <name>lens::PlotSpec</name>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>nats a token</source>
        <translation>nat / token</translation>
    </message>
    <message>
        <source>train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>evaluation</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>of each step&apos;s update</source>
        <translation>每步更新所用</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>before clipping</source>
        <translation>裁剪之前</translation>
    </message>
    <message>
        <source>Gradient cosine</source>
        <translation>梯度余弦</translation>
    </message>
    <message>
        <source>consecutive steps</source>
        <translation>相邻两步</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>GB · resident, peak dashed</source>
        <translation>GB · 驻留，虚线为峰值</translation>
    </message>
    <message>
        <source>GiB · resident, peak dashed</source>
        <translation>GiB · 驻留，虚线为峰值</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>trained tokens a second</source>
        <translation>每秒被训练 token 数</translation>
    </message>
</context>
<context>
    <name>lens::PlotStack</name>
    <message>
        <source>Plots</source>
        <translation>图表</translation>
    </message>
</context>
<context>
    <name>lens::RunBinding</name>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Checkpoint now</source>
        <translation>立即保存检查点</translation>
    </message>
    <message>
        <source>Stop and save</source>
        <translation>停止并保存</translation>
    </message>
    <message>
        <source>Change a setting</source>
        <translation>更改设置</translation>
    </message>
    <message>
        <source>Some numbers cannot be read: %1</source>
        <translation>部分数据无法读取：%1</translation>
    </message>
    <message>
        <source>The engine did not start. Nothing was changed. It said:
%1</source>
        <translation>引擎未能启动，没有任何改动。它的输出：
%1</translation>
    </message>
    <message>
        <source>Not killed: %1</source>
        <translation>未能强制结束：%1</translation>
    </message>
    <message>
        <source>“%1” was not carried out: %2</source>
        <translation>“%1”未执行：%2</translation>
    </message>
    <message>
        <source>The engine has not answered “%1” for %2 s. It answers between two steps, and a step can be long. Run › Kill ends it at once. %3</source>
        <translation>引擎已有 %2 秒未应答“%1”。它在两步之间应答，而一步可能很长。“运行 › 强制结束”会立即终止它。%3</translation>
    </message>
    <message>
        <source>Last checkpoint: %1.</source>
        <translation>最近的检查点：%1。</translation>
    </message>
    <message>
        <source>There is no checkpoint.</source>
        <translation>没有检查点。</translation>
    </message>
    <message>
        <source>Failed at step %1: %2. %3</source>
        <translation>在第 %1 步失败：%2。%3</translation>
    </message>
    <message>
        <source>Interrupted at step %1: the engine ended without a last word (it was killed, ran out of memory, or the machine stopped). %2</source>
        <translation>在第 %1 步中断：引擎未留下结束记录（被强制结束、内存耗尽或机器停机）。%2</translation>
    </message>
    <message>
        <source>There is no checkpoint to ask yet.</source>
        <translation>还没有可供提问的检查点。</translation>
    </message>
    <message>
        <source>The engine was not found.</source>
        <translation>找不到引擎。</translation>
    </message>
</context>
<context>
    <name>lens::RunDescription</name>
    <message>
        <source>all weights</source>
        <translation>全部权重</translation>
    </message>
    <message>
        <source> (%1 rows)</source>
        <translation>（%1 行）</translation>
    </message>
</context>
<context>
    <name>lens::RunHeader</name>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>train loss (smoothed)</source>
        <translation>训练损失（平滑）</translation>
    </message>
    <message>
        <source>best evaluation</source>
        <translation>最佳评估</translation>
    </message>
    <message>
        <source>tokens/s</source>
        <translation>token/秒</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>time left</source>
        <translation>剩余时间</translation>
    </message>
    <message>
        <source>GPU memory</source>
        <translation>显存</translation>
    </message>
    <message>
        <source>step · epoch %1</source>
        <translation>步 · epoch %1</translation>
    </message>
    <message>
        <source>training time</source>
        <translation>训练时间</translation>
    </message>
    <message>
        <source>left · ends %1</source>
        <translation>剩余 · 预计 %1 结束</translation>
    </message>
    <message>
        <source>peak %1</source>
        <translation>峰值 %1</translation>
    </message>
    <message>
        <source>best eval</source>
        <translation>最佳评估</translation>
    </message>
    <message>
        <source>best at %1</source>
        <translation>最佳在第 %1 步</translation>
    </message>
    <message>
        <source>best eval · step %1</source>
        <translation>最佳评估 · 第 %1 步</translation>
    </message>
    <message>
        <source>of %1 steps</source>
        <translation>共 %1 步</translation>
    </message>
    <message>
        <source>train loss</source>
        <translation>训练损失</translation>
    </message>
    <message>
        <source>ends %1</source>
        <translation>预计 %1 结束</translation>
    </message>
</context>
<context>
    <name>lens::RunListModel</name>
    <message>
        <source>Last checkpoint: step %1</source>
        <translation>最近的检查点：第 %1 步</translation>
    </message>
    <message>
        <source>Tags: %1</source>
        <translation>标签：%1</translation>
    </message>
    <message>
        <source>Foreign folder</source>
        <translation>外部文件夹</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Last loss</source>
        <translation>最新损失</translation>
    </message>
    <message>
        <source>Best evaluation</source>
        <translation>最佳评估</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>更改时间</translation>
    </message>
</context>
<context>
    <name>lens::RunSession</name>
    <message>
        <source>the engine ended before it answered</source>
        <translation>引擎在应答之前就结束了</translation>
    </message>
</context>
<context>
    <name>lens::RunState</name>
    <message>
        <source>Queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>准备中</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Evaluating</source>
        <translation>评估中</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>保存中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中断</translation>
    </message>
</context>
<context>
    <name>lens::RunSummary</name>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>best %1 at %2</source>
        <translation>最佳 %1，第 %2 步</translation>
    </message>
    <message>
        <source>interrupted at %1</source>
        <translation>在第 %1 步中断</translation>
    </message>
    <message>
        <source>failed at %1</source>
        <translation>在第 %1 步失败</translation>
    </message>
    <message>
        <source>failed at %1: %2</source>
        <translation>在第 %1 步失败：%2</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>排队中</translation>
    </message>
</context>
<context>
    <name>lens::RunView</name>
    <message>
        <source>Pages of the run</source>
        <translation>此运行的页面</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样例</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>配置</translation>
    </message>
</context>
<context>
    <name>lens::SampleListModel</name>
    <message>
        <source>adapter</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>base</source>
        <translation>基础</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
</context>
<context>
    <name>lens::SamplesPage</name>
    <message>
        <source>Not answered: %1</source>
        <translation>未能回答：%1</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>one prompt, answered by the base model and by the newest checkpoint</source>
        <translation>同一提示词，由基础模型与最新检查点分别回答</translation>
    </message>
    <message>
        <source>Type a prompt</source>
        <translation>输入提示词</translation>
    </message>
    <message>
        <source>Prompt to compare</source>
        <translation>用于对比的提示词</translation>
    </message>
    <message>
        <source>Answering</source>
        <translation>正在回答</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>With the adapter</source>
        <translation>使用适配器</translation>
    </message>
    <message>
        <source>Over the steps</source>
        <translation>随训练步变化</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Samples of this prompt, newest first</source>
        <translation>此提示词的样例，最新在前</translation>
    </message>
    <message>
        <source>No samples yet</source>
        <translation>还没有样例</translation>
    </message>
    <message>
        <source>Give sample_prompts in the configuration: they are answered at every evaluation, so that the change can be read in words.</source>
        <translation>在配置中给出 sample_prompts：每次评估都会回答它们，从文字中就能看到变化。</translation>
    </message>
    <message>
        <source>Loads the model in a process of its own; a running training gets slower meanwhile.</source>
        <translation>在单独的进程中加载模型；期间正在进行的训练会变慢。</translation>
    </message>
    <message>
        <source>The engine loads the model and answers twice.</source>
        <translation>引擎加载模型并回答两次。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>lens::SeriesPlot</name>
    <message>
        <source>%1, smoothed over raw</source>
        <translation>%1，平滑曲线叠加原始曲线</translation>
    </message>
</context>
<context>
    <name>lens::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Library folder</source>
        <translation>运行库文件夹</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>MiB, GiB (1024)</source>
        <translation>MiB、GiB（1024）</translation>
    </message>
    <message>
        <source>MB, GB (1000)</source>
        <translation>MB、GB（1000）</translation>
    </message>
    <message>
        <source>Units of memory</source>
        <translation>内存单位</translation>
    </message>
    <message>
        <source>Language and units change at the next start of the window.</source>
        <translation>语言和单位将在下次启动窗口时更改。</translation>
    </message>
    <message>
        <source>one for each physical core</source>
        <translation>每个物理核心一个</translation>
    </message>
    <message>
        <source>Threads of new runs</source>
        <translation>新运行的线程数</translation>
    </message>
</context>
<context>
    <name>lens::SidePanel</name>
    <message>
        <source>Findings</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>Nothing to report. Spikes, values that are not finite, modules that do not learn and overfitting would stand here.</source>
        <translation>没有需要报告的内容。尖峰、非有限值、不学习的模块和过拟合会显示在这里。</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Events of the run</source>
        <translation>此运行的事件</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>样例</translation>
    </message>
    <message>
        <source>Prompts of the configuration are answered at every evaluation.</source>
        <translation>每次评估都会回答配置中的提示词。</translation>
    </message>
    <message>
        <source>Sample · step %1</source>
        <translation>样例 · 第 %1 步</translation>
    </message>
</context>
<context>
    <name>lens::Sparkline</name>
    <message>
        <source>Loss so far</source>
        <translation>目前的损失</translation>
    </message>
</context>
<context>
    <name>lens::StateChip</name>
    <message>
        <source>State: %1</source>
        <translation>状态：%1</translation>
    </message>
</context>
<context>
    <name>lens::StatusStrip</name>
    <message>
        <source>No run is training</source>
        <translation>没有正在训练的运行</translation>
    </message>
    <message>
        <source>Free disk %1</source>
        <translation>可用磁盘 %1</translation>
    </message>
    <message>
        <source>● 1 run training</source>
        <translation>● 1 个运行正在训练</translation>
    </message>
    <message>
        <source>● %1 runs training</source>
        <translation>● %1 个运行正在训练</translation>
    </message>
    <message>
        <source>CPU: %1 cores, %2 threads</source>
        <translation>CPU：%1 核，%2 线程</translation>
    </message>
    <message>
        <source>Library: %1</source>
        <translation>运行库：%1</translation>
    </message>
</context>
<context>
    <name>lens::WindowDialogs</name>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Name of the run</source>
        <translation>运行的名称</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Tags, separated by commas</source>
        <translation>标签，用逗号分隔</translation>
    </message>
    <message>
        <source>Kill the engine</source>
        <translation>强制结束引擎</translation>
    </message>
    <message>
        <source>End the engine of “%1” at once?

%2

“Stop and save” loses nothing.</source>
        <translation>立即结束“%1”的引擎吗？

%2

“停止并保存”不会丢失任何内容。</translation>
    </message>
    <message>
        <source>Kill</source>
        <translation>强制结束</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Move “%1” with its checkpoints and records to the trash?</source>
        <translation>将“%1”及其检查点和记录移到回收站吗？</translation>
    </message>
    <message>
        <source>Check this machine</source>
        <translation>检查本机</translation>
    </message>
    <message>
        <source>The engine measures this machine. This takes a few seconds.</source>
        <translation>引擎正在测量本机，需要几秒钟。</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Plots.&lt;/b&gt; The wheel zooms along the steps, Shift and wheel zooms the values, dragging moves, a double click fits, F follows the newest step.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Verbs.&lt;/b&gt; Every button says in its tooltip what it keeps, or why it is disabled.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Runs&lt;/b&gt; go on when the window is closed; open it again and they are shown as they are.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;图表。&lt;/b&gt;滚轮沿步数缩放，Shift 加滚轮缩放数值，拖动平移，双击适应窗口，F 跟随最新一步。&lt;/p&gt;&lt;p&gt;&lt;b&gt;按钮。&lt;/b&gt;每个按钮的提示都说明会保留什么，或为什么不可用。&lt;/p&gt;&lt;p&gt;&lt;b&gt;运行&lt;/b&gt;在窗口关闭后会继续；再次打开窗口，会显示它们当前的样子。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
</context>
<context>
    <name>lens::WindowWiring</name>
    <message>
        <source>the engine program was not found</source>
        <translation>找不到引擎程序</translation>
    </message>
    <message>
        <source>No run to show yet</source>
        <translation>还没有可显示的运行</translation>
    </message>
    <message>
        <source>A run&apos;s plots, samples and log appear here. Start with the demo, which trains a tiny model in a few minutes on this machine, set up a run of your own with New run, or open the folder of a run.</source>
        <translation>运行的图表、样例和日志会显示在这里。可以先试演示（几分钟内在本机训练一个很小的模型），用“新建运行”配置自己的运行，或打开某个运行的文件夹。</translation>
    </message>
    <message>
        <source>Prepare the demo</source>
        <translation>准备演示</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>The demo was not found: %1</source>
        <translation>找不到演示：%1</translation>
    </message>
    <message>
        <source>Open the folder of a run</source>
        <translation>打开某个运行的文件夹</translation>
    </message>
</context>
<context>
    <name>lens::format</name>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分钟</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 天 %2 小时</translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 token/秒</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
</context>
</TS>
