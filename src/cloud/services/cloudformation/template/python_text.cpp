#include "cloud/services/cloudformation/template/python_text.h"

#include <string_view>

namespace trunkline::cloud::cloudformation {
namespace {

std::string_view Escape(char c) {
  switch (c) {
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      return {};
  }
}

void WriteString(std::string_view text, std::string& out) {
  const bool single = text.find('\'') == text.npos || text.find('"') != text.npos;
  const char quote = single ? '\'' : '"';
  out += quote;
  for (const char c : text) {
    if (c == quote) out += '\\';
    const std::string_view escaped = Escape(c);
    if (escaped.empty()) {
      out += c;
    } else {
      out += escaped;
    }
  }
  out += quote;
}

void Write(const json::Value& value, std::string& out);

void WriteList(const json::Array& list, std::string& out) {
  out += '[';
  for (const json::Value& item : list) {
    if (&item != &list.front()) out += ", ";
    Write(item, out);
  }
  out += ']';
}

void WriteMap(const json::Object& map, std::string& out) {
  out += '{';
  for (const json::Member& member : map) {
    if (&member != &*map.begin()) out += ", ";
    WriteString(member.key, out);
    out += ": ";
    Write(member.value, out);
  }
  out += '}';
}

void Write(const json::Value& value, std::string& out) {
  if (value.IsString()) {
    WriteString(value.AsString(), out);
  } else if (value.IsNumber()) {
    out += value.AsNumber().text;
  } else if (value.IsBool()) {
    out += value.AsBool() ? "True" : "False";
  } else if (value.IsArray()) {
    WriteList(value.AsArray(), out);
  } else if (value.IsObject()) {
    WriteMap(value.AsObject(), out);
  } else {
    out += "None";
  }
}

}  // namespace

std::string PythonText(const json::Value& value) {
  std::string out;
  Write(value, out);
  return out;
}

}  // namespace trunkline::cloud::cloudformation
