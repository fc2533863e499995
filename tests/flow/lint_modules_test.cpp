// Rules about modules and their callers.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/flow/flow_set.h"

namespace trunkline::flow {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(ModuleActionIllegal, LooksIntoModulesInModules) {
  Set set;
  set.Flow("Wait",
           Call("a", "Outer", "z", "z") + "," +
               R"({"Identifier":"z","Type":"EndFlowExecution","Transitions":{}})",
           R"("type":"customerQueue")");
  set.Module("Outer", Call("a", "Inner", "r", "r") + "," + Return("r"));
  set.Module("Inner", Go("a", "Sales", "r") + "," + Return("r"));

  EXPECT_THAT(set.Lint("module-action-illegal"), HasSubstr("Wait.json:1:"));
  EXPECT_THAT(set.Lint("module-action-illegal"),
              HasSubstr("action 'a' runs module 'Inner' in a flow of type CUSTOMER_QUEUE, where "
                        "its action 'a' (TransferToFlow) fails [TL-L141]"));
}

TEST(ModuleActionIllegal, IsSilentWhereTheTypeTakesEverything) {
  Set set;
  set.Flow("Main", Call("a", "Inner", "z", "z") + "," + Bye(), R"("type":"contactFlow")");
  set.Module("Inner", Go("a", "Sales", "r") + "," + Return("r"));

  EXPECT_EQ(set.Lint("module-action-illegal"), "");
}

// A module in the API's wrapper, with its contract.
Set& AddAsk(Set& set) {
  return set.Wrapped("Ask", R"({"input":{"schema":{"properties":{"count":{"type":"number"},
"name":{"type":"string"}},"required":["name"]}},"transitions":{"results":[{"name":"done"}]}})",
                     Return("a"));
}
std::string CallWith(const std::string& input, const std::string& result = "done") {
  return fmt::format(
             R"({{"Identifier":"a","Type":"InvokeFlowModule","Parameters":{{"FlowModuleId":"${{module:Ask}}","Input":{}}},
"Transitions":{{"NextAction":"z","Conditions":[{{"NextAction":"z","Condition":{{"Operator":"Equals","Operands":["{}"]}}}}]}}}},)",
             input, result) +
         Bye();
}

TEST(ModuleInputDiffers, NamesWhatIsMissingUnknownOrOfAnotherType) {
  Set set;
  set.Flow("Main", CallWith(R"({"cuont":1,"count":"$.Attributes.n"})"));
  AddAsk(set);

  EXPECT_THAT(
      set.Lint("module-input-differs"),
      AllOf(
          HasSubstr("action 'a' gives module 'Ask' the input 'cuont', which its contract does not "
                    "have [TL-L133c]"),
          HasSubstr("did you mean 'count'?"),
          HasSubstr("the input 'count' as a reference, but its contract says number"),
          HasSubstr("references are for inputs of type string"),
          HasSubstr("does not give module 'Ask' the input 'name', which its contract requires")));
}

TEST(ModuleInputDiffers, IsSilentWhereOneReferenceStandsForAllInputs) {
  Set set;
  set.Flow("Main", CallWith(R"("$.External.input")"));
  AddAsk(set);

  EXPECT_EQ(set.Lint("module-input-differs"), "");
}

TEST(ModuleResultUnknown, GoesByTheContractWhereThereIsOne) {
  Set set;
  set.Flow("Main", CallWith(R"({"name":"x"})", "Done"));
  AddAsk(set);

  EXPECT_THAT(set.Lint("module-result-unknown"),
              AllOf(HasSubstr("waits for the result 'Done', which module 'Ask' never returns"),
                    HasSubstr("did you mean 'done'?")));
}

TEST(ModuleDataUnknown, IsSilentWhereAModuleIsNotKnown) {
  Set set;
  set.Flow("Main", Call("a", "Elsewhere", "b", "z") + "," +
                       Say("b", "$.Modules.ResultData.name", "z") + "," + Bye());

  EXPECT_EQ(set.Lint("module-data-unknown"), "");
}

}  // namespace
}  // namespace trunkline::flow
