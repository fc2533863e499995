#include "base/json_write.h"

#include <algorithm>

namespace trunkline::json {

void AppendQuoted(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  std::size_t run = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text.substr(run, i - run));
    run = i + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      default:
        out += "\\u00";
        out += kHex[c >> 4U];
        out += kHex[c & 0xFU];
    }
  }
  out.append(text.substr(run));
  out += '"';
}

namespace {

class Writer {
 public:
  Writer(int indent, bool sorted) : indent_(indent), sorted_(sorted) {}

  void Append(const Value& value, int depth) {
    if (value.IsNull()) {
      out_ += "null";
    } else if (value.IsBool()) {
      out_ += value.AsBool() ? "true" : "false";
    } else if (value.IsNumber()) {
      out_ += value.AsNumber().text;
    } else if (value.IsString()) {
      AppendQuoted(out_, value.AsString());
    } else if (value.IsArray()) {
      AppendArray(value.AsArray(), depth);
    } else {
      AppendObject(value.AsObject(), depth);
    }
  }

  std::string Take() { return std::move(out_); }

 private:
  void NewLine(int depth) {
    if (indent_ == 0) return;
    out_ += '\n';
    out_.append(static_cast<std::size_t>(indent_) * static_cast<std::size_t>(depth), ' ');
  }

  void AppendArray(const Array& items, int depth) {
    out_ += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out_ += ',';
      NewLine(depth + 1);
      Append(items[i], depth + 1);
    }
    if (!items.empty()) NewLine(depth);
    out_ += ']';
  }

  void AppendMember(const Member& member, int depth) {
    NewLine(depth);
    AppendQuoted(out_, member.key);
    out_ += indent_ == 0 ? ":" : ": ";
    Append(member.value, depth);
  }

  void AppendObject(const Object& object, int depth) {
    std::vector<const Member*> members;
    members.reserve(object.size());
    for (const Member& member : object) members.push_back(&member);
    if (sorted_) {
      std::sort(members.begin(), members.end(),
                [](const Member* a, const Member* b) { return a->key < b->key; });
    }
    out_ += '{';
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i > 0) out_ += ',';
      AppendMember(*members[i], depth + 1);
    }
    if (!members.empty()) NewLine(depth);
    out_ += '}';
  }

  int indent_;
  bool sorted_;
  std::string out_;
};

std::string WriteWith(const Value& value, int indent, bool sorted) {
  Writer writer(indent, sorted);
  writer.Append(value, 0);
  return writer.Take();
}

}  // namespace

std::string Write(const Value& value) {
  return WriteWith(value, 0, false);
}
std::string WritePretty(const Value& value, int indent) {
  return WriteWith(value, indent, false) + "\n";
}
std::string WriteSorted(const Value& value) {
  return WriteWith(value, 0, true);
}

std::string Quote(std::string_view text) {
  std::string out;
  AppendQuoted(out, text);
  return out;
}

}  // namespace trunkline::json
