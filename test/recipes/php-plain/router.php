<?php
// PHP's own server: the session of the cookie is a file in the folder that the test chose.
$path = strtok($_SERVER['REQUEST_URI'], '?');
if ($path === '/qualifio/token') {
    require __DIR__ . '/token.php';
} else {
    require __DIR__ . '/Qualifio.php';
    [$status, $headers, $body] = Qualifio::jwks();
    http_response_code($status);
    foreach ($headers as $name => $value) header("$name: $value");
    echo $body;
}
