<?php
// The controller, called with a request and a user of Symfony's own classes.
require '/usr/share/php/Symfony/Component/HttpFoundation/autoload.php';
require '/usr/share/php/Symfony/Component/Security/Core/autoload.php';
require __DIR__ . '/Qualifio.php';
require __DIR__ . '/QualifioController.php';

use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\Security\Core\User\InMemoryUser;

$request = Request::createFromGlobals();
$controller = new QualifioController();
$isSignedIn = $request->cookies->get('__Host-session') === 'example-session-id';
$response = $request->getPathInfo() === '/qualifio/token'
    ? $controller->token($request, $isSignedIn ? new InMemoryUser('42', null) : null)
    : $controller->jwks();
$response->prepare($request)->send();
