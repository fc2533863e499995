// XML as a small tree, and a writer for it. Reading is bounded and knows no document types and no
// entities but XML's own five, so that no document can grow while it is read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace trunkline::aws {

struct XmlElement {
  std::string name;                                             // without namespace prefix
  std::vector<std::pair<std::string, std::string>> attributes;  // with prefix, as they stand
  std::vector<XmlElement> children;
  std::string text;  // of this element only, in one piece

  const XmlElement* Find(std::string_view child) const;   // the first of that name, or nullptr
  std::string_view TextOf(std::string_view child) const;  // empty when there is none
  std::optional<std::string_view> Attribute(std::string_view attribute) const;
};

// The root element. The error (kInvalid) says line and reason.
Result<XmlElement> ReadXml(std::string_view text);

// Builds a text: Open(..) attributes.. content.. Close().
class XmlWriter {
 public:
  void Declaration();  // <?xml version="1.0" encoding="UTF-8"?> and a newline
  void Open(std::string_view name);
  void Attribute(std::string_view name, std::string_view value);
  // xmlns="uri", or xmlns:prefix="uri"; nothing for an empty uri.
  void Namespace(std::string_view uri, std::string_view prefix = {});
  void Text(std::string_view text);
  void Close();
  void Element(std::string_view name, std::string_view text);
  std::string Take() { return std::move(out_); }

 private:
  void EndTag();
  std::string out_;
  std::vector<std::string> open_;
  bool in_tag_ = false;
};

}  // namespace trunkline::aws
