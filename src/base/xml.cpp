#include "base/xml.h"

namespace trunkline {

std::string EscapeXml(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else if (c == '"') {
      escaped += "&quot;";
    } else {
      const bool is_control = static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t';
      escaped += is_control ? ' ' : c;
    }
  }
  return escaped;
}

}  // namespace trunkline
