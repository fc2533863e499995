// Reads models/<service>.json. A table is ours, so a mistake in it is rare; the error still names
// the table, the row and the word, because people add operations.
#include <algorithm>

#include "aws/model.h"
#include "aws/route.h"
#include "base/json_read.h"
#include "base/text.h"

namespace trunkline::aws {
namespace {

template <class T>
struct Word {
  std::string_view text;
  T meaning;
};

constexpr Word<Protocol> kProtocols[] = {{"rest-json", Protocol::kRestJson},
                                         {"json-1.0", Protocol::kJson10},
                                         {"json-1.1", Protocol::kJson11},
                                         {"query", Protocol::kQuery},
                                         {"rest-xml", Protocol::kRestXml}};
constexpr Word<Type> kTypes[] = {
    {"structure", Type::kStructure}, {"list", Type::kList},        {"map", Type::kMap},
    {"string", Type::kString},       {"blob", Type::kBlob},        {"boolean", Type::kBoolean},
    {"integer", Type::kInteger},     {"long", Type::kLong},        {"float", Type::kFloat},
    {"timestamp", Type::kTimestamp}, {"document", Type::kDocument}};
constexpr Word<Location> kLocations[] = {
    {"@path", Location::kPath},     {"@query", Location::kQuery},
    {"@header", Location::kHeader}, {"@headers", Location::kHeaders},
    {"@status", Location::kStatus}, {"@payload", Location::kPayload}};
constexpr Word<TimeFormat> kTimes[] = {{"epoch", TimeFormat::kEpoch},
                                       {"iso8601", TimeFormat::kIso8601},
                                       {"rfc822", TimeFormat::kRfc822}};
constexpr Word<bool MemberRow::*> kFlags[] = {
    {"flat", &MemberRow::flattened},  {"attribute", &MemberRow::xml_attribute},
    {"json", &MemberRow::json_value}, {"token", &MemberRow::idempotency_token},
    {"host", &MemberRow::host_label}, {"stream", &MemberRow::stream}};

template <class T, std::size_t N>
std::optional<T> Meaning(const Word<T> (&words)[N], std::string_view text) {
  const auto found = std::ranges::find(words, text, &Word<T>::text);
  return found == std::end(words) ? std::nullopt : std::optional<T>(found->meaning);
}

// "uri" or "prefix|uri".
void SetNamespace(std::string_view text, std::string& uri, std::string& prefix) {
  const std::size_t bar = text.find('|');
  if (bar != std::string_view::npos) prefix = text.substr(0, bar);
  uri = bar == std::string_view::npos ? text : text.substr(bar + 1);
}

std::vector<std::string> Strings(const json::Array& array) {
  std::vector<std::string> strings;
  strings.reserve(array.size());
  for (const json::Value& value : array) {
    if (value.IsString()) strings.push_back(value.AsString());
  }
  return strings;
}

class ModelReader {
 public:
  explicit ModelReader(Model& model) : model_(model) {}

  Result<void> Read(const json::Object& table) {
    TL_DO(ReadHead(table));
    const json::Object& shapes = table.GetObject("shapes");
    for (const json::Member& row : shapes) {
      auto shape = std::make_unique<Shape>();
      shape->name = row.key;
      model_.shapes.emplace(row.key, std::move(shape));
    }
    for (const json::Member& row : shapes) TL_DO(ReadShape(row));
    for (const json::Member& row : table.GetObject("errors")) ReadError(row);
    TL_DO(ReadOperations(table));
    model_.routes = std::make_unique<RouteIndex>(model_);
    return {};
  }

 private:
  template <class... Args>
  static Error Bad(fmt::format_string<Args...> text, Args&&... args) {
    return Error(ErrorKind::kInvalid, text, std::forward<Args>(args)...);
  }

  Result<void> ReadHead(const json::Object& table) {
    const std::string_view protocol = table.GetString("protocol");
    const auto meaning = Meaning(kProtocols, protocol);
    if (!meaning) return Bad("expected a known protocol but got '{}'", protocol);
    model_.protocol = *meaning;
    model_.service = table.GetString("service");
    if (model_.service.empty()) return Bad("expected the service's name in 'service'");
    model_.service_id = table.GetString("id");
    model_.version = table.GetString("version");
    model_.signing_name = table.GetString("signing");
    model_.endpoint_prefix = table.GetString("endpoint");
    model_.global_endpoint = table.GetString("global");
    model_.target_prefix = table.GetString("target");
    model_.xml_namespace = table.GetString("namespace");
    model_.query_compatible = table.GetBool("query_compatible");
    return {};
  }

  Result<const Shape*> FindShape(std::string_view name) const {
    const auto found = model_.shapes.find(name);
    if (found == model_.shapes.end()) return Bad("shape '{}' is named but not described", name);
    return found->second.get();
  }

  // "Shape! @location =wire flags": see docs/guides/models.md.
  Result<MemberRow> ReadMember(std::string_view name, std::string_view text) const {
    MemberRow member{.name = std::string(name), .wire_name = std::string(name)};
    std::size_t end = text.find(' ');
    std::string_view shape = text.substr(0, end);
    member.required = shape.ends_with('!');
    if (member.required) shape.remove_suffix(1);
    TL_TRY(member.shape, FindShape(shape));
    while (end != std::string_view::npos) {
      text.remove_prefix(end + 1);
      end = text.find(' ');
      const std::string_view word = text.substr(0, end);
      if (!SetWord(member, word))
        return Bad("expected a location, a name or a flag but got '{}'", word);
    }
    return member;
  }

  static bool SetWord(MemberRow& member, std::string_view word) {
    if (word.starts_with('=')) {
      member.wire_name = word.substr(1);
      member.named = true;
    } else if (word.starts_with("ns:")) {
      SetNamespace(word.substr(3), member.xml_namespace, member.xml_prefix);
    } else if (word.starts_with("time:")) {
      const auto time = Meaning(kTimes, word.substr(5));
      if (!time) return false;
      member.time = *time;
    } else if (const auto location = Meaning(kLocations, word)) {
      member.location = *location;
    } else if (const auto flag = Meaning(kFlags, word)) {
      member.*(*flag) = true;
    } else {
      return false;
    }
    return true;
  }

  Result<void> ReadShape(const json::Member& row) {
    if (auto read = ReadShapeBody(row); !read)
      return std::move(read).error().While("reading shape '{}'", row.key);
    return {};
  }

  Result<void> ReadShapeBody(const json::Member& row) {
    if (!row.value.IsObject()) return Bad("expected an object but got {}", row.value.TypeName());
    const json::Object& body = row.value.AsObject();
    Shape& shape = *model_.shapes.find(row.key)->second;
    const auto type = Meaning(kTypes, body.GetString("is"));
    if (!type) return Bad("expected a type in 'is' but got '{}'", body.GetString("is"));
    shape.type = *type;
    const json::Object& members = body.GetObject("members");
    shape.members.reserve(members.size());
    for (const json::Member& member : members) {
      if (!member.value.IsString()) return Bad("expected a text for member '{}'", member.key);
      TL_TRY(MemberRow read, ReadMember(member.key, member.value.AsString()));
      shape.members.push_back(std::move(read));
    }
    if (shape.type == Type::kList) {
      TL_TRY(shape.item, ReadMember("", body.GetString("item")));
    } else if (shape.type == Type::kMap) {
      TL_TRY(shape.key, ReadMember("", body.GetString("key")));
      TL_TRY(shape.item, ReadMember("", body.GetString("value")));
    }
    return ReadTraits(body, shape);
  }

  static Result<void> ReadTraits(const json::Object& body, Shape& shape) {
    shape.flattened = body.GetBool("flattened");
    shape.union_ = body.GetBool("union");
    shape.sensitive = body.GetBool("sensitive");
    if (body.Has("min")) shape.min = body.GetDouble("min");
    if (body.Has("max")) shape.max = body.GetDouble("max");
    shape.pattern = body.GetString("pattern");
    shape.enumeration = Strings(body.GetArray("enum"));
    shape.xml_name = body.GetString("name");
    SetNamespace(body.GetString("ns"), shape.xml_namespace, shape.xml_prefix);
    if (const std::string_view time = body.GetString("time"); !time.empty()) {
      const auto meaning = Meaning(kTimes, time);
      if (!meaning) return Bad("expected a time format but got '{}'", time);
      shape.time = *meaning;
    }
    return {};
  }

  void ReadError(const json::Member& row) {
    const json::Object& body = row.value.IsObject() ? row.value.AsObject() : json::Object();
    const auto shape = model_.shapes.find(row.key);
    model_.errors.emplace(
        row.key, ErrorRow{.name = row.key,
                          .code = std::string(body.GetString("code", row.key)),
                          .status = static_cast<int>(body.GetInt("status", 400)),
                          .shape = shape == model_.shapes.end() ? nullptr : shape->second.get()});
  }

  Result<void> ReadOperations(const json::Object& table) {
    for (const json::Member& row : table.GetObject("operations")) {
      if (!row.value.IsObject()) return Bad("expected an object for operation '{}'", row.key);
      auto read = ReadOperation(row.key, row.value.AsObject());
      if (!read) return std::move(read).error().While("reading operation '{}'", row.key);
      model_.operations.push_back(std::move(read).value());
    }
    for (const json::Member& row : table.GetObject("others")) {
      if (!row.value.IsString())
        return Bad("expected a method and a path for operation '{}'", row.key);
      OperationRow operation{.name = row.key, .implemented = false};
      TL_DO(ReadRoute(row.value.AsString(), operation));
      model_.operations.push_back(std::move(operation));
    }
    std::ranges::sort(model_.operations, {}, &OperationRow::name);
    const auto twice = std::ranges::adjacent_find(model_.operations, {}, &OperationRow::name);
    if (twice != model_.operations.end()) return Bad("operation '{}' stands twice", twice->name);
    return {};
  }

  static Result<void> ReadRoute(std::string_view text, OperationRow& operation) {
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos || !text.substr(blank + 1).starts_with('/')) {
      return Bad("expected a method and a path but got '{}'", text);
    }
    operation.method = text.substr(0, blank);
    operation.uri = text.substr(blank + 1);
    return {};
  }

  Result<OperationRow> ReadOperation(const std::string& name, const json::Object& body) {
    OperationRow operation{.name = name};
    TL_DO(ReadRoute(body.GetString("http"), operation));
    operation.status = static_cast<int>(body.GetInt("code", 200));
    if (body.Has("in")) {
      TL_TRY(operation.input, FindShape(body.GetString("in")));
    }
    if (body.Has("out")) {
      TL_TRY(operation.output, FindShape(body.GetString("out")));
    }
    operation.input_wrapper = body.GetString("root");
    operation.input_namespace = body.GetString("root_ns");
    operation.output_wrapper = body.GetString("wrapper");
    operation.host_prefix = body.GetString("host");
    operation.unsigned_ = body.GetBool("unsigned");
    operation.checksum = body.GetBool("checksum");
    operation.bare = body.GetBool("bare");
    for (const std::string& error : Strings(body.GetArray("errors"))) {
      const auto found = model_.errors.find(error);
      if (found == model_.errors.end()) return Bad("error '{}' is named but not described", error);
      operation.errors.push_back(&found->second);
    }
    if (const json::Object& page = body.GetObject("page"); !page.empty())
      operation.page = ReadPage(page);
    return operation;
  }

  static Page ReadPage(const json::Object& body) {
    return {.input_tokens = Strings(body.GetArray("in")),
            .output_tokens = Strings(body.GetArray("out")),
            .limit = std::string(body.GetString("limit")),
            .more = std::string(body.GetString("more")),
            .lists = Strings(body.GetArray("list"))};
  }

  Model& model_;
};

}  // namespace

Result<std::unique_ptr<Model>> ReadModel(std::string_view text, std::string_view name) {
  Result<json::Value> table = json::Parse(text);
  if (!table) return std::move(table).error().While("reading the API model '{}'", name);
  if (!table->IsObject()) {
    return Error(ErrorKind::kInvalid, "expected an object but got {}", table->TypeName())
        .While("reading the API model '{}'", name);
  }
  auto model = std::make_unique<Model>();
  if (auto read = ModelReader(*model).Read(table->AsObject()); !read) {
    return std::move(read).error().While("reading the API model '{}'", name);
  }
  return model;
}

}  // namespace trunkline::aws
