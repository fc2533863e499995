#include "cloud/services/stepfunctions/jsonata/signature.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "base/json_write.h"

namespace trunkline::cloud::jsonata {
namespace {

constexpr std::string_view kSymbols = "asnblfom";  // m: missing, which is right everywhere
constexpr std::string_view kAnyJson = "asnblom";
constexpr std::size_t kMany = std::numeric_limits<std::size_t>::max();

std::uint32_t BitsOf(std::string_view symbols) {
  std::uint32_t bits = 0;
  for (const char symbol : symbols) {
    const std::size_t at = kSymbols.find(symbol);
    if (at != std::string_view::npos) bits |= 1U << at;
  }
  return bits;
}

char SymbolOf(const Value& value) {
  switch (value.kind()) {
    case Kind::kUndefined:
      return 'm';
    case Kind::kNull:
      return 'l';
    case Kind::kBool:
      return 'b';
    case Kind::kNumber:
      return 'n';
    case Kind::kText:
      return 's';
    case Kind::kArray:
      return 'a';
    case Kind::kObject:
      return 'o';
    case Kind::kFunction:
      return 'f';
  }
  return 'm';
}

std::string PluralOf(std::string_view subtype) {
  constexpr std::pair<std::string_view, std::string_view> kPlurals[] = {
      {"a", "arrays"},  {"b", "booleans"}, {"f", "functions"},
      {"n", "numbers"}, {"o", "objects"},  {"s", "strings"}};
  for (const auto& [symbol, plural] : kPlurals) {
    if (symbol == subtype) return json::Quote(plural);
  }
  return "undefined";
}

// Where the bracket that was opened before `at` closes; the end when it does not.
std::size_t ClosingOf(std::string_view text, std::size_t at, char open, char close) {
  int depth = 1;
  while (at < text.size()) {
    ++at;
    if (at == text.size()) break;
    if (text[at] == close && --depth == 0) break;
    if (text[at] == open) ++depth;
  }
  return at;
}

}  // namespace

struct Signature::Reader {
  std::string_view text;
  std::size_t at = 1;  // behind the opening '<'
  std::vector<Parameter> parameters;

  Outcome<void> ReadAll() {
    for (; at < text.size() && text[at] != ':'; ++at) TL_DO(ReadSymbol(text[at]));
    return {};
  }

  Outcome<void> ReadSymbol(char symbol) {
    switch (symbol) {
      case 's':
      case 'n':
      case 'b':
      case 'l':
      case 'o':
        Add({symbol}, std::string{symbol, 'm'});
        return {};
      case 'a':
      case 'x':
        Add({symbol}, kSymbols);
        return {};
      case 'f':
        Add("f", "f");
        return {};
      case 'j':
        Add("j", kAnyJson);
        return {};
      case '(':
        return ReadChoice();
      case '<':
        return ReadSubtype();
      default:
        Quantify(symbol);
        return {};
    }
  }

  void Add(std::string type, std::string_view symbols) {
    Parameter parameter;
    parameter.kinds = BitsOf(symbols);
    parameter.type = std::move(type);
    parameters.push_back(std::move(parameter));
  }

  Outcome<void> ReadChoice() {
    const std::size_t end = ClosingOf(text, at, '(', ')');
    const std::string choice(text.substr(at + 1, end - at - 1));
    if (choice.find('<') != std::string::npos) {
      return Failure("S0402").With("value", json::Quote(choice)).At(at);
    }
    Add("(" + choice + ")", choice + "m");
    at = end;
    return {};
  }

  Outcome<void> ReadSubtype() {
    const bool takes =
        !parameters.empty() && (parameters.back().type == "a" || parameters.back().type == "f");
    if (!takes) return Failure("S0401").At(at);
    const std::size_t end = ClosingOf(text, at, '<', '>');
    parameters.back().subtype = text.substr(at + 1, end - at - 1);
    at = end;
    return {};
  }

  // A second mark behind the first makes it lazy, as in the regular expressions these are.
  void Quantify(char symbol) {
    if (parameters.empty()) return;
    Parameter& last = parameters.back();
    if (symbol == '-') {
      last.context_kinds = last.kinds;
      symbol = '?';
    }
    const bool marked = last.least != 1 || last.most != 1;
    if (symbol == '?' && marked) {
      last.lazy = true;
    } else if (symbol == '?') {
      last.least = 0;
    } else if (symbol == '+' && !marked) {
      last.most = kMany;
    }
  }
};

Outcome<std::shared_ptr<const Signature>> Signature::Parse(std::string_view text) {
  Reader reader{.text = text, .at = 1, .parameters = {}};
  TL_DO(reader.ReadAll());
  auto signature = std::make_shared<Signature>();
  signature->parameters_ = std::move(reader.parameters);
  return std::shared_ptr<const Signature>(std::move(signature));
}

// How many arguments each parameter takes, found by trying; what failed once is not tried again.
struct Signature::Matching {
  const std::vector<Parameter>& parameters;
  std::string_view kinds;
  std::size_t count;  // of parameters that take part
  bool whole;
  std::vector<bool> failed;
  std::vector<std::size_t> taken;

  bool From(std::size_t parameter, std::size_t at) {
    if (parameter == count) return !whole || at == kinds.size();
    const std::size_t state = parameter * (kinds.size() + 1) + at;
    if (failed[state]) return false;
    const Parameter& wanted = parameters[parameter];
    std::size_t most = 0;
    while (most < wanted.most && at + most < kinds.size() &&
           (wanted.kinds & BitsOf(kinds.substr(at + most, 1))) != 0) {
      ++most;
    }
    for (std::size_t i = wanted.least; i <= most; ++i) {
      const std::size_t take = wanted.lazy ? i : most - (i - wanted.least);
      taken[parameter] = take;
      if (From(parameter + 1, at + take)) return true;
    }
    failed[state] = true;
    return false;
  }
};

// Empty when they do not match.
std::vector<std::size_t> Signature::Match(std::string_view kinds, std::size_t parameters,
                                          bool whole) const {
  Matching matching{.parameters = parameters_,
                    .kinds = kinds,
                    .count = parameters,
                    .whole = whole,
                    .failed = std::vector<bool>(parameters * (kinds.size() + 1)),
                    .taken = std::vector<std::size_t>(parameters + 1)};
  if (!matching.From(0, 0)) return {};
  return std::move(matching.taken);
}

Failure Signature::Mismatch(std::string_view kinds) const {
  std::size_t good = 0;
  for (std::size_t i = 1; i <= parameters_.size(); ++i) {
    const std::vector<std::size_t> taken = Match(kinds, i, false);
    if (taken.empty()) break;
    good = 0;
    for (const std::size_t count : taken) good += count;
  }
  return Failure("T0410").With("index", std::to_string(good + 1));
}

Outcome<Value> Signature::ToArray(const Parameter& parameter, const Value& argument,
                                  std::size_t index) const {
  if (argument.IsUndefined()) return argument;
  const auto wrong = [&] {
    return Failure("T0412")
        .With("index", std::to_string(index + 1))
        .With("type", PluralOf(parameter.subtype));
  };
  if (!argument.IsArray()) {
    const bool right =
        parameter.subtype.empty() || parameter.subtype == std::string{SymbolOf(argument)};
    if (!right) return wrong();
    std::vector<Value> items;
    items.push_back(argument);
    return Value::Array(std::move(items));
  }
  if (parameter.subtype.empty()) return argument;
  for (std::size_t i = 0; i < argument.size(); ++i) {
    if (SymbolOf(argument.Item(i)) != parameter.subtype.front()) return wrong();
  }
  return argument;
}

Outcome<std::vector<Value>> Signature::Validate(const std::vector<Value>& arguments,
                                                const Value& context) const {
  std::string kinds;
  for (const Value& argument : arguments) kinds += SymbolOf(argument);
  const std::vector<std::size_t> taken = Match(kinds, parameters_.size(), true);
  if (taken.empty()) return Mismatch(kinds);
  const auto argument_at = [&](std::size_t i) {
    return i < arguments.size() ? arguments[i] : Value();
  };
  // An optional argument that is left out in the middle shifts those behind it, as it does in the
  // reference.
  std::vector<Value> validated;
  std::size_t at = 0;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const Parameter& parameter = parameters_[i];
    if (taken[i] == 0 && parameter.context_kinds != 0) {
      const std::string symbol{SymbolOf(context)};
      if ((parameter.context_kinds & BitsOf(symbol)) == 0) {
        return Failure("T0411").With("index", std::to_string(at + 1));
      }
      validated.push_back(context);
    } else if (taken[i] == 0) {
      validated.push_back(argument_at(at));
      ++at;
    }
    const Value first = argument_at(at);
    for (std::size_t end = at + taken[i]; taken[i] > 0 && at < end; ++at) {
      if (parameter.type != "a") {
        validated.push_back(first);
        continue;
      }
      TL_TRY(Value array, ToArray(parameter, argument_at(at), at));
      validated.push_back(std::move(array));
    }
  }
  return validated;
}

}  // namespace trunkline::cloud::jsonata
