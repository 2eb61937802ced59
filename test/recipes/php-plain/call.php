<?php
// Signs for the participant of the input, and prints the answer's body.
require __DIR__ . '/Qualifio.php';
$who = json_decode(stream_get_contents(STDIN), true, 512, JSON_THROW_ON_ERROR);
echo Qualifio::token('GET', ['Sec-Fetch-Site' => 'same-origin'], 'campaignId=123456', fn () => $who)[2];
