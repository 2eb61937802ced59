# A Rails application with the recipe's routes, and the user of a fixed session.
require "logger"
require "action_controller/railtie"

User = Struct.new(:id, :email)

class App < Rails::Application
  config.load_defaults "#{Rails::VERSION::MAJOR}.#{Rails::VERSION::MINOR}"
  config.eager_load = false
  config.secret_key_base = "only for this test" * 4
  config.logger = Logger.new(nil)
end

class ActionController::Base
  def current_user
    User.new(42, "ada@example.com") if request.cookies["__Host-session"] == "example-session-id"
  end
end

require_relative "qualifio"
Rails.application.initialize!
require_relative "qualifio_controller"
require_relative "routes"
run Rails.application
