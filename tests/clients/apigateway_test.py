"""HTTP and REST APIs through boto3 and the AWS CLI, called as their clients do: functions behind them, a webhook, servers."""
import http.server
import json
import threading
import time
import urllib.error
import urllib.request

from functions import FunctionTest

ECHO = ("import json", "return {'statusCode': 200, 'headers': {'x-seen': event.get('rawPath') or event['path']}, "
                       "'body': json.dumps({'route': event.get('routeKey') or event['resource'], 'body': event.get('body')})}")


class ApiTest(FunctionTest):
    def setUp(self):
        super().setUp()
        self.http = self.cloud.client("apigatewayv2")
        self.rest = self.cloud.client("apigateway")

    def permit(self, function, api):
        self.lambda_.add_permission(FunctionName=function, StatementId=api, Action="lambda:InvokeFunction",
                                    Principal="apigateway.amazonaws.com",
                                    SourceArn=f"arn:aws:execute-api:us-east-1:123456789012:{api}/*")

    def queue(self, name):
        """A queue and a role that the gateway may have to send to it."""
        trust = {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
        role = self.cloud.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
        return self.cloud.client("sqs").create_queue(QueueName=name)["QueueUrl"], role

    def message(self, queue):
        return self.cloud.client("sqs").receive_message(QueueUrl=queue, WaitTimeSeconds=5)["Messages"][0]["Body"]

    def fetch(self, url, method="GET", body=None, headers=()):
        """Status, headers and text of an answer, whatever it is."""
        request = urllib.request.Request(url, method=method, data=body.encode() if body else None, headers=dict(headers))
        try:
            with urllib.request.urlopen(request) as got:
                return got.status, got.headers, got.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.headers, refused.read().decode()


class HttpApiTest(ApiTest):
    def webhook(self, name):
        """A function behind POST /github of an API with the stage $default; its endpoint and id."""
        arn = self.python(name, *ECHO)["FunctionArn"]
        api = self.http.create_api(Name=name, ProtocolType="HTTP")
        made = self.http.create_integration(ApiId=api["ApiId"], IntegrationType="AWS_PROXY", IntegrationUri=arn,
                                            PayloadFormatVersion="2.0")
        self.http.create_route(ApiId=api["ApiId"], RouteKey="POST /github", Target=f"integrations/{made['IntegrationId']}")
        self.http.create_stage(ApiId=api["ApiId"], StageName="$default", AutoDeploy=True)
        self.permit(name, api["ApiId"])
        return api["ApiEndpoint"], api["ApiId"]

    def test_a_webhook_reaches_its_function_at_the_endpoint_that_is_named(self):
        endpoint, _ = self.webhook("hook")

        status, headers, body = self.fetch(endpoint + "/github", "POST", '{"ref":"main"}', {"Content-Type": "application/json"})

        self.assertEqual((status, headers["x-seen"]), (200, "/github"))
        self.assertEqual(json.loads(body), {"route": "POST /github", "body": '{"ref":"main"}'})
        self.assertEqual(self.fetch(endpoint + "/other", "POST")[0], 404)

    def test_a_webhook_takes_little_more_than_its_function(self):
        endpoint, _ = self.webhook("quick")
        self.fetch(endpoint + "/github", "POST", "{}")

        started = time.monotonic()
        for _ in range(20):
            self.assertEqual(self.fetch(endpoint + "/github", "POST", "{}")[0], 200)

        self.assertLess(time.monotonic() - started, 5)

    def test_a_webhook_is_there_after_a_crash(self):
        _, api = self.webhook("kept")

        self.restart("kill")
        endpoint = self.cloud.client("apigatewayv2").get_api(ApiId=api)["ApiEndpoint"]

        self.assertEqual(self.fetch(endpoint + "/github", "POST", "{}")[0], 200)

    def test_pages_updates_and_errors(self):
        made = [self.http.create_api(Name=f"page-{index}", ProtocolType="HTTP")["ApiId"] for index in range(3)]
        pages = self.http.get_paginator("get_apis").paginate(PaginationConfig={"PageSize": 2})
        self.http.update_api(ApiId=made[0], Description="words", CorsConfiguration={"AllowOrigins": ["*"]})

        self.assertLessEqual(set(made), {one["ApiId"] for page in pages for one in page["Items"]})
        self.assertEqual(self.http.get_api(ApiId=made[0])["CorsConfiguration"], {"AllowOrigins": ["*"]})
        self.http.delete_cors_configuration(ApiId=made[0])
        self.http.delete_api(ApiId=made[0])
        self.refused("NotFoundException", self.http.get_api, ApiId=made[0])
        self.refused("BadRequestException", self.http.create_route, ApiId=made[1], RouteKey="nonsense")
        self.refused("ConflictException", lambda **key: [self.http.create_route(**key) for _ in range(2)],
                     ApiId=made[1], RouteKey="GET /")

    def test_a_server_of_this_machine_is_behind_an_api(self):
        class Server(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(201)
                self.end_headers()
                self.wfile.write(self.path.encode())

            def log_message(self, *_):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        api = self.http.create_api(Name="proxy", ProtocolType="HTTP", RouteKey="GET /{rest+}",
                                   Target=f"http://127.0.0.1:{server.server_port}/to/{{rest}}")

        status, _, body = self.fetch(api["ApiEndpoint"] + "/a/b?c=d")

        self.assertEqual((status, body), (201, "/to/a/b?c=d"))

    def test_a_route_sends_to_a_queue(self):
        queue, role = self.queue("routed")
        api = self.http.create_api(Name="routed", ProtocolType="HTTP")
        made = self.http.create_integration(
            ApiId=api["ApiId"], IntegrationType="AWS_PROXY", IntegrationSubtype="SQS-SendMessage", PayloadFormatVersion="1.0",
            CredentialsArn=role, RequestParameters={"QueueUrl": queue, "MessageBody": "$request.body.text"})
        self.http.create_route(ApiId=api["ApiId"], RouteKey="POST /send", Target=f"integrations/{made['IntegrationId']}")
        self.http.create_stage(ApiId=api["ApiId"], StageName="$default", AutoDeploy=True)

        status, _, body = self.fetch(api["ApiEndpoint"] + "/send", "POST", '{"text": "words"}',
                                     {"Content-Type": "application/json"})

        self.assertEqual(status, 200, body)
        self.assertEqual(self.message(queue), "words")


class RestApiTest(ApiTest):
    def proxy(self, name):
        """A function behind all paths of a REST API with the stage prod; its address and id."""
        arn = self.python(name, *ECHO)["FunctionArn"]
        api = self.rest.create_rest_api(name=name)["id"]
        root = self.rest.get_resources(restApiId=api)["items"][0]["id"]
        rest = self.rest.create_resource(restApiId=api, parentId=root, pathPart="{proxy+}")["id"]
        self.rest.put_method(restApiId=api, resourceId=rest, httpMethod="ANY", authorizationType="NONE")
        self.rest.put_integration(restApiId=api, resourceId=rest, httpMethod="ANY", type="AWS_PROXY", integrationHttpMethod="POST",
                                  uri=f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{arn}/invocations")
        self.rest.create_deployment(restApiId=api, stageName="prod")
        self.permit(name, api)
        return f"{self.cloud.endpoint}/_aws/execute-api/{api}/prod", api

    def test_a_function_is_called_through_its_stage(self):
        address, _ = self.proxy("rest")

        status, headers, body = self.fetch(address + "/pets/1?x=1", "PUT", "text")

        self.assertEqual((status, headers["x-seen"]), (200, "/pets/1"))
        self.assertEqual(json.loads(body), {"route": "/{proxy+}", "body": "text"})
        self.assertEqual(len(headers["x-amzn-RequestId"]), 36)

    def test_what_is_not_there_lacks_a_token(self):
        address, _ = self.proxy("token")

        status, headers, body = self.fetch(address)

        self.assertEqual((status, json.loads(body)), (403, {"message": "Missing Authentication Token"}))
        self.assertEqual(headers["x-amzn-ErrorType"], "MissingAuthenticationTokenException")

    def test_stages_are_patched_and_apis_exported_and_imported(self):
        _, api = self.proxy("patched")
        stage = {"restApiId": api, "stageName": "prod"}

        self.rest.update_stage(**stage, patchOperations=[{"op": "replace", "path": "/variables/a", "value": "1"}])
        document = self.rest.get_export(**stage, exportType="oas30", parameters={"extensions": "apigateway"})["body"].read()
        again = self.rest.import_rest_api(body=document, parameters={"endpointConfigurationTypes": "REGIONAL"})

        self.assertEqual(self.rest.get_stage(**stage)["variables"], {"a": "1"})
        self.assertEqual((again["name"], again["endpointConfiguration"]["types"]), ("patched", ["REGIONAL"]))
        self.assertEqual({one["path"] for one in self.rest.get_resources(restApiId=again["id"])["items"]}, {"/", "/{proxy+}"})
        self.rest.put_rest_api(restApiId=again["id"], mode="overwrite", body=document)
        self.refused("BadRequestException", self.rest.update_stage, **stage,
                     patchOperations=[{"op": "replace", "path": "/colour", "value": "red"}])

    def test_a_request_becomes_a_message(self):
        queue, role = self.queue("requests")
        api = self.rest.create_rest_api(name="queued")["id"]
        root = self.rest.get_resources(restApiId=api)["items"][0]["id"]
        method = {"restApiId": api, "resourceId": root, "httpMethod": "POST"}
        self.rest.put_method(**method, authorizationType="NONE")
        self.rest.put_integration(
            **method, type="AWS", integrationHttpMethod="POST", credentials=role,
            uri="arn:aws:apigateway:us-east-1:sqs:path/123456789012/requests",
            requestParameters={"integration.request.header.Content-Type": "'application/x-www-form-urlencoded'"},
            requestTemplates={"application/json": "Action=SendMessage&MessageBody=$util.urlEncode($input.body)"})
        self.rest.put_integration_response(**method, statusCode="202", selectionPattern="",
                                           responseTemplates={"application/json": '{"kept": true}'})
        self.rest.put_method_response(**method, statusCode="202")
        self.rest.create_deployment(restApiId=api, stageName="prod")

        status, _, body = self.fetch(f"{self.cloud.endpoint}/_aws/execute-api/{api}/prod", "POST", '{"a": 1}',
                                     {"Content-Type": "application/json"})

        self.assertEqual((status, json.loads(body)), (202, {"kept": True}))
        self.assertEqual(self.message(queue), '{"a": 1}')

    def test_a_method_is_tried(self):
        _, api = self.proxy("tried")
        resource = next(one for one in self.rest.get_resources(restApiId=api)["items"] if one["path"] != "/")

        got = self.rest.test_invoke_method(restApiId=api, resourceId=resource["id"], httpMethod="POST",
                                           pathWithQueryString="/a", body="text")

        self.assertEqual((got["status"], json.loads(got["body"])["body"]), (200, "text"))

    def test_the_command_line_lists_apis(self):
        _, api = self.proxy("listed")

        listed = self.cloud.aws("apigateway", "get-rest-apis")

        self.assertIn(api, [one["id"] for one in listed["items"]])
