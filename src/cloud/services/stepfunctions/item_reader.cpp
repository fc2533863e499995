// ItemReader: the items of a distributed map, from S3: a JSON array or object, JSON lines, CSV, or
// a listing of objects.
#include <algorithm>
#include <set>

#include "base/json_read.h"
#include "base/text.h"
#include "cloud/engine.h"
#include "cloud/services/stepfunctions/map_run.h"
#include "cloud/services/stepfunctions/sdk_values.h"

namespace trunkline::cloud::stepfunctions {
namespace {

Failure ReaderFailure(std::string cause) {
  return {.error = "States.ItemReaderFailed", .cause = std::move(cause)};
}

Failure ReaderFailure(const WaitContext& context, const ServiceError& error) {
  return ReaderFailure(S3Cause(error, context.engine().dispatch.models(), context.random()));
}

Outcome<std::string> ReadObject(const WaitContext& as_role, const json::Value& parameters) {
  auto object = as_role.Dispatch("s3", "GetObject", parameters.AsObject());
  if (!object) return ReaderFailure(as_role, object.error());
  json::Value* body = object->Find("Body");
  return body ? std::move(body->AsString()) : std::string();
}

// RFC 4180, with another separator if the reader says so.
std::vector<std::vector<std::string>> ReadRows(std::string_view text, char separator) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
  std::string field;
  bool quoted = false;
  bool begun = false;
  const auto end_row = [&] {
    if (begun || !row.empty() || !field.empty()) {
      row.push_back(std::move(field));
      rows.push_back(std::move(row));
    }
    row = {};
    field = {};
    begun = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        field += c;
      } else if (text.substr(i + 1, 1) == "\"") {
        field += '"';
        ++i;
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
      begun = true;
    } else if (c == separator) {
      row.push_back(std::move(field));
      field = {};
      begun = true;
    } else if (c == '\n') {
      end_row();
    } else if (c != '\r') {
      field += c;
    }
  }
  end_row();
  return rows;
}

char SeparatorOf(std::string_view name) {
  if (name == "PIPE") return '|';
  if (name == "SEMICOLON") return ';';
  if (name == "SPACE") return ' ';
  return name == "TAB" ? '\t' : ',';
}

// Short rows are filled up with empty texts, what is too much is left out.
Outcome<json::Array> ItemsOfRows(const json::Object& config, std::string_view text) {
  auto rows = ReadRows(text, SeparatorOf(config.GetString("CSVDelimiter", "COMMA")));
  std::vector<std::string> headers;
  std::size_t first = 0;
  if (config.GetString("CSVHeaderLocation") == "GIVEN") {
    for (const json::Value& header : config.GetArray("CSVHeaders"))
      headers.push_back(header.IsString() ? header.AsString() : std::string());
  } else if (!rows.empty()) {
    headers = rows.front();
    first = 1;
  }
  if (std::set<std::string_view>(headers.begin(), headers.end()).size() != headers.size())
    return ReaderFailure("CSV headers cannot contain duplicates.");
  json::Array items;
  for (std::size_t i = first; i < rows.size(); ++i) {
    json::Object item;
    for (std::size_t column = 0; column < headers.size(); ++column)
      item.Set(headers[column], column < rows[i].size() ? rows[i][column] : std::string());
    items.emplace_back(std::move(item));
  }
  return items;
}

Outcome<json::Array> ItemsOfLines(std::string_view text) {
  json::Array items;
  for (const std::string_view line : Split(text, '\n')) {
    if (Trim(line).empty()) continue;
    auto item = json::Parse(line);
    if (!item) return ReaderFailure(fmt::format("Invalid JSON line: {}", item.error().message()));
    items.push_back(std::move(*item));
  }
  return items;
}

// RFC 6901.
const json::Value* Follow(const json::Value& root, std::string_view pointer) {
  const json::Value* at = &root;
  if (pointer.empty()) return at;
  for (const std::string_view raw : Split(pointer.substr(1), '/')) {
    const std::string token = Replace(Replace(raw, "~1", "/"), "~0", "~");
    if (at->IsObject()) {
      at = at->AsObject().Find(token);
    } else if (at->IsArray()) {
      const auto index = ToInt(token);
      const bool inside =
          index && *index >= 0 && *index < static_cast<std::int64_t>(at->AsArray().size());
      at = inside ? &at->AsArray()[static_cast<std::size_t>(*index)] : nullptr;
    } else {
      at = nullptr;
    }
    if (!at) return nullptr;
  }
  return at;
}

Outcome<json::Array> ItemsOfDocument(const json::Object& config, std::string_view text) {
  const auto document = json::Parse(text);
  if (!document) return ReaderFailure(fmt::format("Invalid JSON: {}", document.error().message()));
  const json::Value* items = Follow(*document, config.GetString("ItemsPointer"));
  if (!items) {
    return ReaderFailure(
        "The provided ReaderConfig.ItemsPointer does not match any valid path in the JSON "
        "structure.");
  }
  if (items->IsArray()) return items->AsArray();
  if (!items->IsObject()) return ReaderFailure("Attempting to map over non-iterable node.");
  json::Array pairs;
  for (const auto& member : items->AsObject())
    pairs.emplace_back(json::Object{{"Key", member.key}, {"Value", member.value}});
  return pairs;
}

Outcome<json::Array> ListObjects(const WaitContext& context, const json::Value& parameters,
                                 std::int64_t most, bool jsonata) {
  json::Array items;
  json::Object input = parameters.AsObject();
  while (true) {
    const auto page = context.Dispatch("s3", "ListObjectsV2", input);
    if (!page) return ReaderFailure(context, page.error());
    for (const json::Value& object : page->GetArray("Contents")) {
      const json::Object& found = object.AsObject();
      const auto modified = found.GetInt("LastModified");
      items.emplace_back(json::Object{
          {"Etag", found.GetString("ETag")},
          {"Key", found.GetString("Key")},
          {"LastModified", jsonata ? json::Value(modified)
                                   : json::Value(json::Number{fmt::format("{}.0", modified)})},
          {"Size", found.GetInt("Size")},
          {"StorageClass", found.GetString("StorageClass", "STANDARD")}});
    }
    const bool enough = most > 0 && static_cast<std::int64_t>(items.size()) >= most;
    if (!page->GetBool("IsTruncated") || enough) return items;
    input.Set("ContinuationToken", page->GetString("NextContinuationToken"));
  }
}

}  // namespace

Outcome<json::Array> ReadItems(const WaitContext& as_role, const json::Object& reader,
                               const json::Value& parameters, std::int64_t most, bool jsonata) {
  if (!parameters.IsObject()) return ReaderFailure("The ItemReader's parameters are no object.");
  if (most < 0) return ReaderFailure("field MaxItems must be positive");
  const json::Object& config = reader.GetObject("ReaderConfig");
  const std::string_view resource = reader.GetString("Resource");
  const std::string_view type = config.GetString("InputType");
  Outcome<json::Array> items = json::Array();
  if (resource.ends_with(":s3:listObjectsV2")) {
    items = ListObjects(as_role, parameters, most, jsonata);
  } else {
    TL_TRY(const std::string text, ReadObject(as_role, parameters));
    if (type == "CSV") {
      items = ItemsOfRows(config, text);
    } else if (type == "JSONL") {
      items = ItemsOfLines(text);
    } else if (type == "JSON") {
      items = ItemsOfDocument(config, text);
    } else {
      return ReaderFailure(
          fmt::format("The InputType '{}' is not implemented by this cloud", type));
    }
  }
  if (items && most > 0 && static_cast<std::int64_t>(items->size()) > most)
    items->resize(static_cast<std::size_t>(most));
  return items;
}

}  // namespace trunkline::cloud::stepfunctions
