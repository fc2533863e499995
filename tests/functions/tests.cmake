# The scripted service that the client's own tests use, and the instance that deliveries' tests have.
target_sources(functions_test PRIVATE ${CMAKE_SOURCE_DIR}/tests/aws/fake_aws.cpp ${CMAKE_SOURCE_DIR}/tests/aws/scripted_aws.cpp
  ${CMAKE_SOURCE_DIR}/tests/deploy/flow_service.cpp)
