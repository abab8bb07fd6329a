// SPDX-FileCopyrightText: 2026 The Training Lens developers
// SPDX-License-Identifier: MIT
#include "core/base/file.h"
#include "core/base/nearest_name.h"
#include "core/base/user_paths.h"
#include "core/config/choice_names.h"
#include "core/config/config_check.h"
#include "core/config/config_difference.h"
#include "core/config/config_field.h"
#include "core/config/config_parser.h"
#include "core/config/config_template.h"
#include "tests/support/test_paths.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace lens;

namespace {

Json smallest()
{
    return Json::parse("{\"model\": {\"path\": \"m\"}, \"data\": {\"train_file\": \"d.jsonl\"}}");
}

RunConfig goodConfig()
{
    return parseConfig(smallest());
}

std::vector<std::string> problemTexts(const Json& json)
{
    std::vector<Problem> problems;
    parseConfig(json, problems);
    std::vector<std::string> texts;
    for (const Problem& problem : problems)
        texts.push_back(problem.text());
    return texts;
}

std::vector<std::string> placesOf(const std::vector<Problem>& problems)
{
    std::vector<std::string> places;
    for (const Problem& problem : problems)
        places.push_back(problem.where);
    return places;
}

bool contains(const std::vector<std::string>& list, const std::string& text)
{
    return std::find(list.begin(), list.end(), text) != list.end();
}

} // namespace

class TestConfig : public QObject {
    Q_OBJECT

private slots:
    void readsTheNamesOfPeftAndTransformers()
    {
        const RunConfig config = parseConfig(Json::parse(
            "{\"name\": \"n\", \"tags\": [\"a\"], \"model\": {\"path\": \"/m\", \"dtype\": \"bfloat16\","
            " \"quantization\": \"nf4\", \"double_quantization\": false,"
            " \"device\": \"cuda:1\", \"threads\": 3},"
            " \"adapter\": {\"r\": 8, \"lora_alpha\": 12.5, \"lora_dropout\": 0.1,"
            "   \"target_modules\": [\"q_proj\", \"v_proj\"], \"start_from\": \"/a\"},"
            " \"data\": {\"train_file\": \"/t\", \"eval_file\": \"/e\", \"eval_split\": 0.25,"
            "   \"format\": \"prompt_completion\", \"max_length\": 77, \"train_on_prompt\": true,"
            "   \"shuffle\": false},"
            " \"training\": {\"learning_rate\": 1e-4, \"lr_scheduler_type\": \"linear\", \"warmup_ratio\": "
            "0.5,"
            "   \"warmup_steps\": 4, \"num_train_epochs\": 2.5, \"max_steps\": 99,"
            "   \"per_device_train_batch_size\": 5, \"gradient_accumulation_steps\": 6, \"weight_decay\": "
            "0.2,"
            "   \"adam_beta1\": 0.8, \"adam_beta2\": 0.9, \"adam_epsilon\": 1e-6, \"max_grad_norm\": 0.3,"
            "   \"seed\": 9007199254740991, \"on_non_finite\": \"skip\","
            "   \"packing\": false, \"gradient_checkpointing\": \"off\"},"
            " \"evaluation\": {\"eval_steps\": 7, \"per_device_eval_batch_size\": 11,"
            "   \"early_stopping_patience\": 3, \"early_stopping_threshold\": 0.01,"
            "   \"sample_prompts\": [\"p\"], \"max_new_tokens\": 5, \"temperature\": 0.7},"
            " \"checkpoints\": {\"save_steps\": 13, \"save_total_limit\": 2},"
            " \"monitor\": {\"every_steps\": 2, \"modules_every_steps\": 14}}"));
        QCOMPARE(config.name, std::string("n"));
        QCOMPARE(config.tags, std::vector<std::string>{"a"});
        QVERIFY(config.model.dtype == StorageType::BFloat16);
        QVERIFY(config.model.quantisation == Quantisation::Nf4);
        QCOMPARE(config.model.doubleQuantisation, false);
        QCOMPARE(config.model.device, std::string("cuda:1"));
        QCOMPARE(config.model.threads, 3);
        QCOMPARE(config.adapter.r, 8);
        QCOMPARE(config.adapter.loraAlpha, 12.5);
        QCOMPARE(config.adapter.loraDropout, 0.1);
        QCOMPARE(config.adapter.targetModules, (std::vector<std::string>{"q_proj", "v_proj"}));
        QCOMPARE(config.adapter.startFrom, std::string("/a"));
        QCOMPARE(config.data.evalSplit, 0.25);
        QVERIFY(config.data.format == DataFormat::PromptCompletion);
        QCOMPARE(config.data.maxLength, 77);
        QVERIFY(config.data.trainOnPrompt && !config.data.shuffle);
        QVERIFY(config.training.schedule == Schedule::Linear);
        QCOMPARE(config.training.epochs, 2.5);
        QCOMPARE(config.training.maxSteps, 99);
        QCOMPARE(config.training.batchSize, 5);
        QCOMPARE(config.training.gradientAccumulationSteps, 6);
        QCOMPARE(config.training.seed, std::uint64_t{9007199254740991});
        QVERIFY(config.training.onNonFinite == OnNonFinite::Skip);
        QVERIFY(!config.training.packing);
        QVERIFY(config.training.gradientCheckpointing == Recompute::Off);
        QCOMPARE(config.training.maxGradNorm, 0.3);
        QCOMPARE(config.evaluation.batchSize, 11);
        QCOMPARE(config.evaluation.earlyStoppingPatience, 3);
        QCOMPARE(config.evaluation.temperature, 0.7);
        QCOMPARE(config.checkpoints.saveTotalLimit, 2);
        QCOMPARE(config.monitor.modulesEverySteps, 14);
        // Nothing is lost on the way out and in again.
        QVERIFY(differences(config, parseConfig(toJson(config))).empty());
    }

    void everySettingIsInTheTableOnce()
    {
        // The struct's own numbers of members, counted by hand: a new member without a row fails here.
        QCOMPARE(configFields().size(), std::size_t{2 + 6 + 16 + 8 + 18 + 7 + 2 + 2});
        std::set<std::string> paths;
        for (const ConfigField& field : configFields()) {
            QVERIFY2(paths.insert(field.path()).second, field.path().c_str());
            QVERIFY2(std::string(field.description).size() > 10, field.path().c_str());
            QVERIFY2(configField(field.path()) == &field, field.path().c_str());
        }
        QCOMPARE(configSections(), (std::vector<std::string>{"model", "adapter", "data", "training",
                                                             "evaluation", "checkpoints", "monitor"}));
    }

    void everyRowReachesItsOwnMember()
    {
        // Changing one setting changes exactly that one.
        for (const ConfigField& field : configFields()) {
            const Json was = fieldValue(field, RunConfig{});
            Json is;
            switch (field.kind()) {
            case FieldKind::Integer:
                is = was.get<std::int64_t>() + 1;
                break;
            case FieldKind::Number:
                is = was.get<double>() / 2 + 0.125;
                break;
            case FieldKind::Boolean:
                is = !was.get<bool>();
                break;
            case FieldKind::Text:
                is = !field.pattern ? "x" : field.path() == "model.device" ? "cuda:7" : "pissa_niter_4";
                break;
            case FieldKind::Path:
                is = "/x";
                break;
            case FieldKind::Choice:
                is = was == field.choices().back() ? field.choices().front() : field.choices().back();
                break;
            case FieldKind::TextList:
            case FieldKind::TargetModules:
            case FieldKind::ModuleNames:
                is = {"x", "y"};
                break;
            case FieldKind::WholeNumberList:
                is = {3, 1};
                break;
            case FieldKind::Pattern:
                is = {{"z", 8}, {"a", 4}}; // the order counts
                break;
            }
            RunConfig config;
            setField(field, config, is);
            const auto changed = differencesFromDefaults(config);
            QCOMPARE(changed.size(), std::size_t{1});
            QCOMPARE(changed.front().path, field.path());
            QVERIFY(changed.front().after == is);
        }
    }

    void quantisedWeightsStayAsTheyAre()
    {
        Json json = smallest();
        json["model"]["quantization"] = "nf4";
        QVERIFY(problemTexts(json).empty());
        json["adapter"] = {{"init_lora_weights", "pissa_niter_4"}};
        QVERIFY(contains(problemTexts(json),
                         "adapter.init_lora_weights: PiSSA changes the weights it begins from, "
                         "and quantised ones stay as they are (choose true or gaussian, or set "
                         "model.quantization to none)"));
        json["adapter"] = {{"method", "full"}};
        QVERIFY(contains(problemTexts(json),
                         "model.quantization: quantised weights cannot be trained themselves "
                         "(set it to none or adapter.method to lora)"));
        json["model"]["quantization"] = "int8";
        QVERIFY(contains(problemTexts(json), "model.quantization: found \"int8\", allowed one of none, nf4"));
    }

    void reportsAllProblemsAtOnce()
    {
        Json json = smallest();
        json["training"] = {
            {"learning_rate", 2}, {"learning_rat", 1}, {"seed", "x"}, {"num_train_epochs", 0}};
        json["adapter"] = {{"lora_dropout", 1}, {"r", 0}, {"method", "loha"}, {"learning_rate", 1e-3}};
        json["evaluaton"] = Json::object();
        json["data"].erase("train_file");
        const auto texts = problemTexts(json);
        QVERIFY(contains(texts, "training.learning_rate: found 2, allowed a number above 0 and below 1"));
        QVERIFY(contains(texts, "training.learning_rat: unknown setting (did you mean learning_rate?)"));
        QVERIFY(
            contains(texts, "training.seed: found \"x\", allowed a whole number from 0 to 9007199254740991"));
        QVERIFY(contains(texts,
                         "training.num_train_epochs: num_train_epochs and max_steps are both 0 (set one of "
                         "them: it says how long to train)"));
        QVERIFY(contains(texts, "adapter.lora_dropout: found 1, allowed a number from 0 to below 1"));
        QVERIFY(contains(texts, "adapter.r: found 0, allowed a whole number from 1 to 16384"));
        QVERIFY(contains(texts, "adapter.method: found \"loha\", allowed one of lora, full"));
        QVERIFY(
            contains(texts, "adapter.learning_rate: unknown setting (it belongs to training.learning_rate)"));
        QVERIFY(contains(texts, "evaluaton: unknown setting (did you mean evaluation?)"));
        QVERIFY(contains(texts, "data.train_file: is needed"));
        QCOMPARE(texts.size(), std::size_t{10});
        try {
            parseConfig(json, "c.json");
            QFAIL("accepted");
        } catch (const Error& error) {
            QCOMPARE(error.problems().size(), texts.size());
            QVERIFY(error.first().where.starts_with("c.json: "));
        }
    }

    void refusesWrongKinds_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("value");
        QTest::newRow("fraction as integer") << "adapter.r"
                                             << "8.5";
        QTest::newRow("boolean as integer") << "adapter.r"
                                            << "true";
        QTest::newRow("huge integer") << "adapter.r"
                                      << "1e300";
        QTest::newRow("beyond 64 bits") << "training.seed"
                                        << "18446744073709551615";
        QTest::newRow("text as number") << "training.learning_rate"
                                        << "\"1e-4\"";
        QTest::newRow("infinite number") << "training.max_grad_norm"
                                         << "1e400";
        QTest::newRow("number as boolean") << "data.shuffle"
                                           << "1";
        QTest::newRow("number as path") << "model.path"
                                        << "5";
        QTest::newRow("device") << "model.device"
                                << "\"gpu\"";
        QTest::newRow("device number") << "model.device"
                                       << "\"cuda:x\"";
        QTest::newRow("list of numbers") << "tags"
                                         << "[1]";
        QTest::newRow("no module") << "adapter.target_modules"
                                   << "[]";
        QTest::newRow("empty module") << "adapter.target_modules"
                                      << "[\"\"]";
        QTest::newRow("null") << "training.max_steps"
                              << "null";
        QTest::newRow("section") << "training"
                                 << "[]";
    }

    void refusesWrongKinds()
    {
        QFETCH(QString, path);
        QFETCH(QString, value);
        Json json = smallest();
        const std::string pointer = "/" + path.replace('.', '/').toStdString();
        Json parsed = Json::parse(value.toStdString(), nullptr, false);
        if (parsed.is_discarded())
            parsed = INFINITY; // 1e400 does not fit a double
        json[Json::json_pointer(pointer)] = parsed;
        std::vector<Problem> problems;
        parseConfig(json, problems);
        QCOMPARE(problems.size(), std::size_t{1});
    }

    void adapterSettingsOfPeft()
    {
        Json json = smallest();
        json["adapter"] = {{"exclude_modules", ".*\\.1\\..*"},
                           {"layers_to_transform", {0, 2}},
                           {"layers_pattern", {"h"}},
                           {"rank_pattern", {{"q_proj", 8}, {".*", 2}}},
                           {"alpha_pattern", {{"q_proj", 0.5}}},
                           {"modules_to_save", {"lm_head"}},
                           {"use_rslora", true},
                           {"use_dora", true},
                           {"bias", "lora_only"},
                           {"init_lora_weights", "pissa_niter_16"}};
        json["training"]["loraplus_lr_ratio"] = 16;
        const RunConfig config = parseConfig(json, "");
        QCOMPARE(config.adapter.excludeModules.expression, std::string(".*\\.1\\..*"));
        QCOMPARE(config.adapter.layersToTransform, (std::vector<int>{0, 2}));
        QVERIFY(config.adapter.rankPattern == (RankPattern{{"q_proj", 8}, {".*", 2}}));
        QVERIFY(config.adapter.alphaPattern == (NumberPattern{{"q_proj", 0.5}}));
        QVERIFY(config.adapter.useRslora && config.adapter.useDora);
        QVERIFY(config.adapter.bias == BiasTraining::LoraOnly);
        QCOMPARE(config.training.loraplusLrRatio, 16.0);
        QVERIFY(toJson(parseConfig(toJson(config), "")) == toJson(config));

        RunConfig set = config;
        QVERIFY(applySetting(set, "exclude_modules=v_proj,o_proj", "/").empty());
        QCOMPARE(set.adapter.excludeModules.names, (std::vector<std::string>{"v_proj", "o_proj"}));
        QVERIFY(applySetting(set, "layers_to_transform=1,3", "/").empty());
        QCOMPARE(set.adapter.layersToTransform, (std::vector<int>{1, 3}));
        QVERIFY(applySetting(set, "rank_pattern={\"k_proj\": 4}", "/").empty());
        QVERIFY(set.adapter.rankPattern == (RankPattern{{"k_proj", 4}}));
        for (const char* wrong : {"rank_pattern={\"k_proj\": 0.5}", "layers_to_transform=x", "rank_pattern=8",
                                  "init_lora_weights=olora", "bias=some", "layers_to_transform=-1"})
            QCOMPARE(applySetting(set, wrong, "/").size(), std::size_t(1));

        json["adapter"]["target_modules"] = ".*q_proj";
        std::vector<Problem> problems;
        parseConfig(json, problems);
        QCOMPARE(problems.size(), std::size_t(1));
        QCOMPARE(problems.front().where, std::string("adapter.layers_to_transform"));
    }

    void targetModulesHaveThreeForms()
    {
        RunConfig config = goodConfig();
        const ConfigField& field = *configField("adapter.target_modules");
        QVERIFY(fieldValue(field, config) == "all-linear");
        setField(field, config, ".*q_proj");
        QCOMPARE(config.adapter.targetRegex, std::string(".*q_proj"));
        setField(field, config, Json{"k_proj"});
        QVERIFY(config.adapter.targetRegex.empty());
        QCOMPARE(config.adapter.targetModules, std::vector<std::string>{"k_proj"});
        setField(field, config, "all-linear");
        QVERIFY(config.adapter.targetModules.empty() && config.adapter.targetRegex.empty());
    }

    void settingsThatDoNotFitTogether()
    {
        RunConfig config = goodConfig();
        QVERIFY(checkConfig(config).empty());
        config.evaluation.earlyStoppingPatience = 2;
        config.data.evalSplit = 0;
        config.training.maxSteps = 10;
        config.training.warmupSteps = 10;
        config.adapter.method = Method::Full;
        config.adapter.startFrom = "/a";
        QCOMPARE(placesOf(checkConfig(config)),
                 (std::vector<std::string>{"training.warmup_steps", "evaluation.early_stopping_patience",
                                           "adapter.start_from"}));
        config = goodConfig();
        config.training.learningRate = NAN;
        config.training.maxGradNorm = INFINITY;
        QCOMPARE(placesOf(checkConfig(config)),
                 (std::vector<std::string>{"training.learning_rate", "training.max_grad_norm"}));
    }

    void checksSpeakTheWindowsLanguage()
    {
        RunConfig config = goodConfig();
        config.adapter.r = 0;
        const auto problems =
            checkConfig(config, [](const char* text) { return std::string("[") + text + "]"; });
        QCOMPARE(problems.front().what, std::string("[found 0, allowed [a whole number from 1 to 16384]]"));
    }

    void pathsAreRelativeToTheFile()
    {
        const test::TemporaryFolder folder;
        writeFileAtomically(
            folder.path() / "run.json",
            "{ // a comment\n \"$schema\": \"./s.json\", \"model\": {\"path\": \"../m\"},"
            " /* and another */ \"data\": {\"train_file\": \"~/t.jsonl\", \"eval_file\": \"/e\"}}");
        const RunConfig config = readConfigFile(folder.path() / "run.json");
        QCOMPARE(config.model.path, (folder.path().parent_path() / "m").string());
        QCOMPARE(config.data.trainFile, (homeFolder() / "t.jsonl").string());
        QCOMPARE(config.data.evalFile, std::string("/e"));
        QVERIFY(config.adapter.startFrom.empty());
    }

    void settingsFromTheCommandLine()
    {
        RunConfig config = goodConfig();
        const auto set = [&](const char* text) { return applySetting(config, text, "/base"); };
        QVERIFY(set("training.learning_rate=1e-3").empty());
        QCOMPARE(config.training.learningRate, 1e-3);
        QVERIFY(set("lora_alpha=8").empty());
        QCOMPARE(config.adapter.loraAlpha, 8.0);
        QVERIFY(set("train_file=rows.jsonl").empty());
        QCOMPARE(config.data.trainFile, std::string("/base/rows.jsonl"));
        QVERIFY(set("target_modules=q_proj,v_proj").empty());
        QCOMPARE(config.adapter.targetModules, (std::vector<std::string>{"q_proj", "v_proj"}));
        QVERIFY(set("target_modules=.*\\.(q|v)_proj").empty());
        QCOMPARE(config.adapter.targetRegex, std::string(".*\\.(q|v)_proj"));
        QVERIFY(set("target_modules=[\"k_proj\"]").empty());
        QCOMPARE(config.adapter.targetModules, std::vector<std::string>{"k_proj"});
        QVERIFY(set("name=7").empty());
        QCOMPARE(config.name, std::string("7"));
        QVERIFY(set("tags=a,b").empty());
        QCOMPARE(config.tags, (std::vector<std::string>{"a", "b"}));
        QVERIFY(set("on_non_finite=skip").empty());
        QVERIFY(config.training.onNonFinite == OnNonFinite::Skip);
        QVERIFY(set("packing=false").empty());
        QVERIFY(!config.training.packing);
        QVERIFY(set("gradient_checkpointing=on").empty());
        QVERIFY(config.training.gradientCheckpointing == Recompute::On);
        QCOMPARE(set("learning_rat=1").front().text(),
                 std::string("learning_rat: unknown setting (did you mean training.learning_rate?)"));
        QCOMPARE(set("training.r=1").front().hint, std::string("it belongs to adapter.r"));
        QCOMPARE(set("r=x").front().text(),
                 std::string("adapter.r: found \"x\", allowed a whole number from 1 to 16384"));
        QCOMPARE(set("r").front().what, std::string("a setting is written KEY=VALUE"));
    }

    void templatesParseWithoutProblems()
    {
        std::size_t shown = 0;
        for (const FieldLevel level : {FieldLevel::Basic, FieldLevel::Advanced, FieldLevel::Research}) {
            const std::string text = commentedConfig(templateConfig(level), level, kSchemaFileName);
            const Json json = parseJson(text, "template", true);
            std::vector<Problem> problems;
            const RunConfig config = parseConfig(json, problems);
            QVERIFY2(problems.empty(), problems.empty() ? "" : problems.front().text().c_str());
            QVERIFY(differences(config, templateConfig(level)).empty());
            QVERIFY(json["$schema"] == kSchemaFileName);
            QVERIFY(levelByName(levelName(level)) == level);
            std::size_t count = 0;
            for (const auto& item : json)
                count += item.is_object() ? item.size() : 1;
            QVERIFY(count > shown);
            shown = count;
        }
        QCOMPARE(shown, configFields().size() + 1); // the research template has every setting, and $schema
        QVERIFY(!levelByName("expert"));
    }

    void enumeratorsHaveTheirOwnWords()
    {
        QCOMPARE(choiceName(DataFormat::TokenBatches), std::string_view("token_batches"));
        QVERIFY(choiceByName<Schedule>("constant") == Schedule::Constant);
        QVERIFY(choiceByName<StorageType>("float32") == StorageType::Float32);
        QVERIFY(!choiceByName<Method>("LORA"));
    }

    void namesAreNear()
    {
        QCOMPARE(editDistance("kitten", "sitting"), std::size_t{3});
        QCOMPARE(editDistance("lora_aplha", "lora-alpha"), std::size_t{1});
        QCOMPARE(nearestName("traim", {"init", "train"}).value(), std::string("train"));
        QVERIFY(!nearestName("xyz", {"init", "train"}));
    }
};

QTEST_GUILESS_MAIN(TestConfig)
#include "test_config.moc"
