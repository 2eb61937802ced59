# Signs for the participant of the input, and prints the answer's body.
require_relative "qualifio"

who = JSON.parse($stdin.read, symbolize_names: true)
request = { "REQUEST_METHOD" => "GET", "HTTP_SEC_FETCH_SITE" => "same-origin", "QUERY_STRING" => "campaignId=123456" }
puts Qualifio.token(request) { who }[2]
