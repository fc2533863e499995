#include "aws/xml.h"

#include <algorithm>
#include <limits>

#include <expat.h>

namespace trunkline::aws {
namespace {

constexpr std::size_t kMaxDepth = 100;

std::string_view WithoutPrefix(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

struct Building {
  XML_Parser parser;
  XmlElement root;
  std::vector<XmlElement> open;  // the path from the root to where we are
  std::string problem;

  void Stop(std::string_view why) {
    problem = why;
    XML_StopParser(parser, XML_FALSE);
  }
};

void OnStart(void* data, const char* name, const char** attributes) {
  auto& building = *static_cast<Building*>(data);
  if (building.open.size() >= kMaxDepth)
    return building.Stop("expected at most 100 nested elements");
  XmlElement element{.name = std::string(WithoutPrefix(name))};
  for (; *attributes != nullptr; attributes += 2)
    element.attributes.emplace_back(attributes[0], attributes[1]);
  building.open.push_back(std::move(element));
}

void OnEnd(void* data, const char* /*name*/) {
  auto& building = *static_cast<Building*>(data);
  XmlElement element = std::move(building.open.back());
  building.open.pop_back();
  if (building.open.empty()) {
    building.root = std::move(element);
  } else {
    building.open.back().children.push_back(std::move(element));
  }
}

void OnText(void* data, const char* text, int length) {
  auto& building = *static_cast<Building*>(data);
  if (!building.open.empty())
    building.open.back().text.append(text, static_cast<std::size_t>(length));
}

// Document types bring entities, and entities bring documents that grow without end.
void OnDocumentType(void* data, const char*, const char*, const char*, int) {
  static_cast<Building*>(data)->Stop("expected no document type");
}

void AppendEscaped(std::string_view text, bool attribute, std::string& out) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '\r':
        out += "&#xD;";
        break;
      case '"':
        if (attribute) {
          out += "&quot;";
          break;
        }
        [[fallthrough]];
      default:
        out += c;
    }
  }
}

}  // namespace

const XmlElement* XmlElement::Find(std::string_view child) const {
  const auto found = std::ranges::find(children, child, &XmlElement::name);
  return found == children.end() ? nullptr : &*found;
}

std::string_view XmlElement::TextOf(std::string_view child) const {
  const XmlElement* found = Find(child);
  return found == nullptr ? std::string_view() : std::string_view(found->text);
}

std::optional<std::string_view> XmlElement::Attribute(std::string_view attribute) const {
  const auto found =
      std::ranges::find(attributes, attribute, &decltype(attributes)::value_type::first);
  return found == attributes.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

Result<XmlElement> ReadXml(std::string_view text) {
  if (text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    return Error(ErrorKind::kInvalid, "expected an XML document under 2 GB");
  }
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
      XML_ParserCreate("UTF-8"), &XML_ParserFree);
  Building building{.parser = parser.get()};
  XML_SetUserData(parser.get(), &building);
  XML_SetElementHandler(parser.get(), OnStart, OnEnd);
  XML_SetCharacterDataHandler(parser.get(), OnText);
  XML_SetStartDoctypeDeclHandler(parser.get(), OnDocumentType);
  if (XML_Parse(parser.get(), text.data(), static_cast<int>(text.size()), XML_TRUE) ==
      XML_STATUS_ERROR) {
    const std::string reason = building.problem.empty()
                                   ? XML_ErrorString(XML_GetErrorCode(parser.get()))
                                   : building.problem;
    return Error(ErrorKind::kInvalid, "expected an XML document but got: {}, at line {}", reason,
                 XML_GetCurrentLineNumber(parser.get()));
  }
  return std::move(building.root);
}

void XmlWriter::EndTag() {
  if (in_tag_) out_ += '>';
  in_tag_ = false;
}

void XmlWriter::Declaration() {
  out_ += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
}

void XmlWriter::Open(std::string_view name) {
  EndTag();
  out_ += '<';
  out_ += name;
  open_.emplace_back(name);
  in_tag_ = true;
}

void XmlWriter::Attribute(std::string_view name, std::string_view value) {
  out_ += ' ';
  out_ += name;
  out_ += "=\"";
  AppendEscaped(value, true, out_);
  out_ += '"';
}

void XmlWriter::Namespace(std::string_view uri, std::string_view prefix) {
  if (uri.empty()) return;
  Attribute(prefix.empty() ? "xmlns" : "xmlns:" + std::string(prefix), uri);
}

void XmlWriter::Text(std::string_view text) {
  EndTag();
  AppendEscaped(text, false, out_);
}

void XmlWriter::Close() {
  if (in_tag_) {
    out_ += "/>";
    in_tag_ = false;
  } else {
    out_ += "</" + open_.back() + ">";
  }
  open_.pop_back();
}

void XmlWriter::Element(std::string_view name, std::string_view text) {
  Open(name);
  Text(text);
  Close();
}

}  // namespace trunkline::aws
