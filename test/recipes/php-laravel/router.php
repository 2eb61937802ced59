<?php
// The routes, in Laravel's own router.
require '/usr/share/php/Illuminate/Routing/autoload.php';
require '/usr/share/php/Illuminate/Events/autoload.php';
require __DIR__ . '/Qualifio.php';

use Illuminate\Container\Container;
use Illuminate\Events\Dispatcher;
use Illuminate\Http\Request;
use Illuminate\Routing\Router;
use Illuminate\Support\Facades\Facade;

$app = new Container();
$router = new Router(new Dispatcher($app), $app);
$app->instance('router', $router);
Facade::setFacadeApplication($app);
require __DIR__ . '/web.php';

$request = Request::capture();
$user = (object) ['id' => 42, 'email' => 'ada@example.com'];
$isSignedIn = $request->cookies->get('__Host-session') === 'example-session-id';
$request->setUserResolver(fn () => $isSignedIn ? $user : null);
$app->instance(Request::class, $request);
$router->dispatch($request)->send();
