// References and expressions of mapping templates: what stands behind a dollar and in parentheses.
#pragma once

#include <vector>

#include "cloud/execute_api/template_parse.h"
#include "cloud/execute_api/template_scan.h"

namespace trunkline::cloud::execute_api {

class TemplateExpressions : public TemplateScanner {
 protected:
  TemplateExpressions(std::string_view text, int depth) : TemplateScanner(text), depth_(depth) {}

  Result<Reference> ReadReference();
  Result<Expression> Any();

  // Levels of directives and expressions, which are bounded.
  Result<void> Enter(std::string_view what);
  void Leave() { --depth_; }

 private:
  Result<Step> Member();
  Result<std::vector<Expression>> List(std::string_view end);
  std::string_view Operator(std::size_t level);
  Result<Expression> Binary(std::size_t level);
  Result<Expression> Unary();
  Result<Expression> Primary();
  Result<Expression> ListOrRange();
  Result<Expression> Map();
  Result<Expression> NumberOrWord();
  Result<Expression> Quoted();

  int depth_;
};

// A text in double quotes, which is a template itself (template_parse.cpp).
Result<Nodes> ParseQuoted(std::string_view text, int depth);

}  // namespace trunkline::cloud::execute_api
