#include "cloud/execute_api/template.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/execute_api/event.h"
#include "cloud/execute_api/template_calculate.h"
#include "cloud/execute_api/template_methods.h"
#include "cloud/execute_api/template_parse.h"

namespace trunkline::cloud::execute_api {
namespace {

constexpr std::size_t kMostText = 10U << 20U;
constexpr int kMostSteps = 50'000;

enum class Flow { kOn, kBreak, kStop };

json::Object ContextOf(const ApiCall& call) {
  json::Object context = RequestContextV1(call, true);
  for (const json::Member& member : call.errors) context.Set(member.key, member.value);
  context.Set("resourcePath", call.resource_path);
  context.Set("requestOverride", json::Object());
  context.Set("responseOverride", json::Object());
  return context;
}

json::Object ParametersOf(const ApiCall& call) {
  return {{"path", call.path_parameters},
          {"querystring", LastQuery(call)},
          {"header", LastHeaders(call.headers)}};
}

class Renderer {
 public:
  explicit Renderer(TemplateWorld& world) : world_(world) {
    variables_["context"] = ContextOf(*world.call);
    variables_["stageVariables"] = world.call->stage_variables;
  }

  Result<std::string> Run(const Nodes& nodes) {
    std::string text;
    TL_DO(Render(nodes, text));
    const json::Object& context = variables_["context"].AsObject();
    world_.response_override = context.GetObject("responseOverride");
    world_.request_override = context.GetObject("requestOverride");
    return text;
  }

 private:
  // ---- nodes

  Result<Flow> Render(const Nodes& nodes, std::string& text) {
    for (const Node& node : nodes) {
      if (++steps_ > kMostSteps || text.size() > kMostText)
        return Error(ErrorKind::kInvalid, "the template goes on for too long");
      TL_TRY(const Flow flow, RenderOne(node, text));
      if (flow != Flow::kOn) return flow;
    }
    return Flow::kOn;
  }

  Result<Flow> RenderOne(const Node& node, std::string& text) {
    switch (node.kind) {
      case Node::Kind::kText:
        text += node.text;
        return Flow::kOn;
      case Node::Kind::kReference: {
        TL_TRY(const std::optional<json::Value> value, Find(*node.reference));
        text += value ? ShownText(*value) : node.reference->quiet ? "" : node.reference->text;
        return Flow::kOn;
      }
      case Node::Kind::kSet: {
        TL_TRY(json::Value value, Evaluate(node.expressions.front()));
        TL_DO(Assign(*node.reference, std::move(value)));
        return Flow::kOn;
      }
      case Node::Kind::kIf:
        return RenderIf(node, text);
      case Node::Kind::kForeach:
        return RenderLoop(node, text);
      case Node::Kind::kBreak:
        return Flow::kBreak;
      default:
        return Flow::kStop;
    }
  }

  Result<Flow> RenderIf(const Node& node, std::string& text) {
    for (const Branch& branch : node.branches) {
      if (!branch.condition.empty()) {
        TL_TRY(const json::Value condition, Evaluate(branch.condition.front()));
        if (!IsTrue(condition)) continue;
      }
      return Render(branch.body, text);
    }
    return Flow::kOn;
  }

  Result<Flow> RenderLoop(const Node& node, std::string& text) {
    TL_TRY(const json::Value over, Evaluate(node.expressions.front()));
    json::Array items;
    if (over.IsArray()) items = over.AsArray();
    if (over.IsObject()) {
      for (const json::Member& member : over.AsObject()) items.push_back(member.value);
    }
    const json::Value outer = variables_["foreach"];
    for (std::size_t i = 0; i < items.size(); ++i) {
      json::Object loop{{"index", i}, {"count", i + 1}, {"hasNext", i + 1 < items.size()}};
      loop.Set("first", i == 0);
      loop.Set("last", i + 1 == items.size());
      variables_["foreach"] = std::move(loop);
      variables_["velocityCount"] = i + 1;
      variables_[node.text] = items[i];
      TL_TRY(const Flow flow, Render(node.branches.front().body, text));
      if (flow == Flow::kStop) return flow;
      if (flow == Flow::kBreak) break;
    }
    variables_["foreach"] = outer;
    return Flow::kOn;
  }

  // ---- references

  // What is set: a variable, or a member of one.
  Result<void> Assign(const Reference& reference, json::Value value) {
    json::Value* place = &variables_[reference.name];
    for (const Step& step : reference.steps) {
      if (step.kind == Step::Kind::kMethod)
        return Error(ErrorKind::kInvalid, "'{}' cannot be set", reference.text);
      std::string name = step.name;
      if (step.kind == Step::Kind::kIndex) {
        TL_TRY(const json::Value index, Evaluate(step.arguments.front()));
        name = ShownText(index);
      }
      if (place->IsArray()) {
        const auto index = ToInt(name);
        if (!index || *index < 0 || *index >= static_cast<std::int64_t>(place->AsArray().size()))
          return Error(ErrorKind::kInvalid, "there is no '{}'", reference.text);
        place = &place->AsArray()[static_cast<std::size_t>(*index)];
        continue;
      }
      if (!place->IsObject()) *place = json::Object();
      place = &place->AsObject()[name];
    }
    *place = std::move(value);
    return Weigh(variables_[reference.name]);
  }

  Result<void> Weigh(const json::Value& value) const {
    if (WeightOf(value, heaviest_) <= heaviest_) return {};
    return Error(ErrorKind::kInvalid, "a value of the template became too large");
  }

  // Nothing: there is no such variable.
  Result<std::optional<json::Value>> Find(const Reference& reference) {
    if (reference.name == "input" || reference.name == "util") return FindOwn(reference);
    const auto found = variables_.find(reference.name);
    if (found == variables_.end()) return std::optional<json::Value>();
    // What methods change is the variable itself, as long as the steps lead through it.
    json::Value* place = &found->second;
    json::Value made;
    for (const Step& step : reference.steps) {
      TL_DO(Follow(step, place, made));
      if (!place) break;
    }
    if (place && !place->IsNull()) return std::optional<json::Value>(*place);
    // What is not in $context and its likes is shown as nothing.
    const bool known = reference.name == "context" || reference.name == "stageVariables" ||
                       !reference.steps.empty();
    return known ? std::optional<json::Value>(json::Value()) : std::nullopt;
  }

  Result<void> Follow(const Step& step, json::Value*& place, json::Value& made) {
    if (step.kind == Step::Kind::kMethod) {
      TL_TRY(const std::vector<json::Value> arguments, EvaluateAll(step.arguments));
      if (place->IsNull()) {
        place = nullptr;
        return {};
      }
      TL_TRY(json::Value answer, CallMethod(*place, step.name, arguments));
      if (step.name == "add" || step.name == "put") TL_DO(Weigh(*place));
      made = std::move(answer);
      place = &made;
      return {};
    }
    std::string name = step.name;
    if (step.kind == Step::Kind::kIndex) {
      TL_TRY(const json::Value index, Evaluate(step.arguments.front()));
      name = ShownText(index);
    }
    place = Member(*place, name);
    return {};
  }

  static json::Value* Member(json::Value& value, const std::string& name) {
    if (value.IsObject()) return value.AsObject().Find(name);
    const auto index = ToInt(name);
    if (!value.IsArray() || !index || *index < 0 ||
        *index >= static_cast<std::int64_t>(value.AsArray().size()))
      return nullptr;
    return &value.AsArray()[static_cast<std::size_t>(*index)];
  }

  // $input and $util: a first method of their own, and what follows it.
  Result<std::optional<json::Value>> FindOwn(const Reference& reference) {
    if (reference.steps.empty()) return std::optional<json::Value>();
    const Step& first = reference.steps.front();
    TL_TRY(const std::vector<json::Value> arguments, EvaluateAll(first.arguments));
    json::Value value;
    if (reference.name == "util") {
      TL_TRY(value, CallUtil(first.name, arguments));
    } else {
      TL_TRY(value, CallInput(first, arguments));
    }
    json::Value* place = &value;
    json::Value made;
    for (std::size_t i = 1; place && i < reference.steps.size(); ++i)
      TL_DO(Follow(reference.steps[i], place, made));
    return std::optional<json::Value>(place ? *place : json::Value());
  }

  Result<json::Value> CallInput(const Step& step, const std::vector<json::Value>& arguments) {
    if (step.name == "body") return json::Value(world_.body);
    const std::string argument = arguments.empty() ? std::string() : ShownText(arguments.front());
    if (step.name == "params") return Parameter(argument);
    if (step.name != "json" && step.name != "path")
      return Error(ErrorKind::kInvalid, "there is no '$input.{}'", step.name);
    json::Value root = json::Object();
    if (!Trim(world_.body).empty()) {
      Result<json::Value> parsed = json::Parse(world_.body);
      if (!parsed)
        return Error(ErrorKind::kInvalid, "expected the body to be JSON: {}",
                     parsed.error().message());
      root = std::move(*parsed);
      constexpr std::size_t kAny = 1U << 30U;
      heaviest_ = std::max(heaviest_, kMostText + 2 * WeightOf(root, kAny));
    }
    TL_TRY(json::Value found, FindPath(root, argument));
    if (step.name == "path") return found;
    return json::Value(found.IsNull() ? "\"\"" : json::Write(found));
  }

  // By name: of the path, the query, the headers, in this order.
  json::Value Parameter(const std::string& name) const {
    json::Object all = ParametersOf(*world_.call);
    if (name.empty()) return all;
    for (const std::string_view place : {"path", "querystring"}) {
      if (const json::Value* value = all.GetObject(place).Find(name)) return *value;
    }
    const auto header = world_.call->headers.Find(name);
    return header ? json::Value(*header) : json::Value("");
  }

  // ---- expressions

  Result<std::vector<json::Value>> EvaluateAll(const std::vector<Expression>& expressions) {
    std::vector<json::Value> values;
    for (const Expression& one : expressions) {
      TL_TRY(json::Value value, Evaluate(one));
      values.push_back(std::move(value));
    }
    return values;
  }

  Result<json::Value> Evaluate(const Expression& expression) {
    if (++steps_ > kMostSteps)
      return Error(ErrorKind::kInvalid, "the template goes on for too long");
    switch (expression.kind) {
      case Expression::Kind::kLiteral:
        return expression.literal;
      case Expression::Kind::kText: {
        std::string text;
        TL_DO(Render(*expression.parts, text));
        return json::Value(std::move(text));
      }
      case Expression::Kind::kReference: {
        TL_TRY(std::optional<json::Value> value, Find(*expression.reference));
        return value ? std::move(*value) : json::Value();
      }
      case Expression::Kind::kNot: {
        TL_TRY(const json::Value value, Evaluate(expression.operands.front()));
        return json::Value(!IsTrue(value));
      }
      case Expression::Kind::kBinary:
        return EvaluateBinary(expression);
      default:
        return EvaluateMany(expression);
    }
  }

  Result<json::Value> EvaluateMany(const Expression& expression) {
    TL_TRY(std::vector<json::Value> values, EvaluateAll(expression.operands));
    if (expression.kind == Expression::Kind::kList) return json::Value(std::move(values));
    if (expression.kind == Expression::Kind::kMap) {
      json::Object map;
      for (std::size_t i = 0; i + 1 < values.size(); i += 2)
        map.Set(ShownText(values[i]), std::move(values[i + 1]));
      return json::Value(std::move(map));
    }
    if (!values[0].IsNumber() || !values[1].IsNumber())
      return Error(ErrorKind::kInvalid, "expected numbers in a range");
    json::Array range;
    const std::int64_t first = values[0].AsInt();
    const std::int64_t last = values[1].AsInt();
    const std::int64_t by = first <= last ? 1 : -1;
    for (std::int64_t i = first;; i += by) {
      range.emplace_back(i);
      if (i == last) return json::Value(std::move(range));
      if (range.size() > kMostSteps)
        return Error(ErrorKind::kInvalid, "expected a range of at most {} numbers", kMostSteps);
    }
  }

  Result<json::Value> EvaluateBinary(const Expression& expression) {
    const std::string& op = expression.operation;
    TL_TRY(const json::Value left, Evaluate(expression.operands[0]));
    if (op == "&&" && !IsTrue(left)) return json::Value(false);
    if (op == "||" && IsTrue(left)) return json::Value(true);
    TL_TRY(const json::Value right, Evaluate(expression.operands[1]));
    if (op == "&&" || op == "||") return json::Value(IsTrue(right));
    if (op == "==" || op == "!=") return json::Value(AreSame(left, right) == (op == "=="));
    if (left.IsNumber() && right.IsNumber()) return Calculate(op, left, right);
    if (op == "+") return json::Value(ShownText(left) + ShownText(right));
    return json::Value();
  }

  TemplateWorld& world_;
  std::map<std::string, json::Value> variables_;
  int steps_ = 0;
  std::size_t heaviest_ = kMostText;  // that a variable may become: more where the body is large
};

}  // namespace

Result<void> CheckTemplate(std::string_view text) {
  TL_TRY(const Nodes nodes, ParseTemplate(text));
  return {};
}

Result<std::string> RenderTemplate(std::string_view text, TemplateWorld& world) {
  TL_TRY(const Nodes nodes, ParseTemplate(text));
  return Renderer(world).Run(nodes);
}

}  // namespace trunkline::cloud::execute_api
