<#
.SYNOPSIS
  Installs, updates or removes the Vigie agent as a Windows service.
.DESCRIPTION
  Run as administrator, from the folder that holds vigie-agent-<version>-win-x64.exe and release.pub:

    .\install-vigie-agent.ps1 -Server https://vigie.example:8443 -Token TOKEN -Device till-1
    .\install-vigie-agent.ps1                       (a newer version over an installed one)
    .\install-vigie-agent.ps1 -Uninstall [-Purge]

  The service runs under the virtual account NT SERVICE\VigieAgent, which may write to ProgramData\Vigie alone. Windows ends a
  service that does not speak with it: a small host does, compiled here from the source below, and runs the agent as its
  child. When the agent ends, so does the service, and Windows starts it again after 5, 30 and 60 seconds.
.NOTES
  Windows PowerShell 5.1 or newer.
#>
[CmdletBinding()]
param(
  [string]$Server,
  [string]$Token,
  [string]$Device = $env:COMPUTERNAME,
  [switch]$Uninstall,
  [switch]$Purge
)
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

$name = 'VigieAgent'
$account = "NT SERVICE\$name"
$programs = Join-Path $env:ProgramFiles 'Vigie'
$data = Join-Path $env:ProgramData 'Vigie'
$agent = Join-Path $programs 'vigie-agent.exe'
$hostExe = Join-Path $programs 'vigie-service.exe'
$config = Join-Path $data 'agent.yaml'

$principal = New-Object Security.Principal.WindowsPrincipal([Security.Principal.WindowsIdentity]::GetCurrent())
if (-not $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
  throw "Run this as administrator. / À lancer en tant qu’administrateur."
}

function Invoke-Checked([string]$file, [string[]]$arguments) {
  & $file @arguments | Out-Null
  if ($LASTEXITCODE -ne 0) { throw "$file $($arguments -join ' '): $LASTEXITCODE" }
}

# The SID of the service's account, also while there is no service yet: Windows makes it of the name.
$hash = [Security.Cryptography.SHA1]::Create().ComputeHash([Text.Encoding]::Unicode.GetBytes($name.ToUpperInvariant()))
$serviceSid = 'S-1-5-80-' + ((0..4 | ForEach-Object { [BitConverter]::ToUInt32($hash, 4 * $_) }) -join '-')
$administrators = 'S-1-5-32-544'
$system = 'S-1-5-18'

# Whoever owns a file may always change who reads it: what a device's key lies in, and what the agent obeys, is nobody else's.
function Assert-Owned($item, [string[]]$owners) {
  $owner = (Get-Acl -LiteralPath $item.FullName).GetOwner([Security.Principal.SecurityIdentifier]).Value
  $isLink = [bool]($item.Attributes -band [IO.FileAttributes]::ReparsePoint)
  if ($owners -contains $owner -and -not $isLink) { return }
  throw ("$($item.FullName): made by another account ($owner), or a link: look at it, remove it, and run this again. / " +
    "créé par un autre compte ($owner), ou lien : examinez-le, supprimez-le, puis relancez.")
}

# ProgramData lets every user make folders and files in it: this one may have been there before us.
function Protect-Data {
  # Without -Force: when somebody else makes it in this instant, that is an error.
  if (-not (Test-Path -LiteralPath $data)) { New-Item -ItemType Directory -Path $data | Out-Null }
  else { Assert-Owned (Get-Item -LiteralPath $data -Force) @($administrators, $system) }
  $acl = New-Object Security.AccessControl.DirectorySecurity
  $rights = "O:BAD:P(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;0x1301bf;;;$serviceSid)"
  $acl.SetSecurityDescriptorSddlForm($rights, [Security.AccessControl.AccessControlSections]'Owner, Access')
  Set-Acl -LiteralPath $data -AclObject $acl
  # Now nobody adds to it any more. What is in it is ours or the service's, and has no rights but the folder's.
  $items = @(Get-ChildItem -LiteralPath $data -Force -Recurse)
  foreach ($item in $items) { Assert-Owned $item @($administrators, $system, $serviceSid) }
  if ($items.Count -gt 0) { Set-Inherited }
}

function Set-Inherited {
  Invoke-Checked 'icacls.exe' @("$data\*", '/setowner', "*$administrators", '/T')
  Invoke-Checked 'icacls.exe' @("$data\*", '/reset', '/T')
}

function Stop-Agent {
  $service = Get-Service -Name $name -ErrorAction SilentlyContinue
  if (-not $service -or $service.Status -eq 'Stopped') { return }
  Stop-Service -Name $name -Force
  $service.WaitForStatus('Stopped', [TimeSpan]::FromSeconds(30))
}

if ($Uninstall) {
  Stop-Agent
  if (Get-Service -Name $name -ErrorAction SilentlyContinue) { Invoke-Checked 'sc.exe' @('delete', $name) }
  Remove-Item -Recurse -Force $programs -ErrorAction SilentlyContinue
  if ($Purge) { Remove-Item -Recurse -Force $data -ErrorAction SilentlyContinue }
  Write-Output 'Removed. / Supprimé.'
  return
}

$source = Get-ChildItem -Path $PSScriptRoot -Filter 'vigie-agent-*-win-x64.exe' | Sort-Object LastWriteTime | Select-Object -Last 1
if (-not $source) { throw "No vigie-agent-*-win-x64.exe beside this script. / Aucun vigie-agent-*-win-x64.exe à côté de ce script." }

Stop-Agent
Protect-Data
New-Item -ItemType Directory -Force -Path $programs | Out-Null
Copy-Item -Force $source.FullName $agent
$key = Join-Path $PSScriptRoot 'release.pub'
if (Test-Path $key) { Copy-Item -Force $key (Join-Path $programs 'release.pub') }

# The host: answers the service manager, runs the version that the agent chooses, ends with it.
$hostSource = @'
using System;
using System.Diagnostics;
using System.IO;
using System.ServiceProcess;

public sealed class VigieService : ServiceBase {
  private Process agent;
  private volatile bool stopping;

  public VigieService() { ServiceName = "VigieAgent"; CanShutdown = true; AutoLog = false; }

  public static void Main() { Run(new VigieService()); }

  private static string Programs { get { return AppDomain.CurrentDomain.BaseDirectory; } }
  private static string Data {
    get { return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "Vigie"); }
  }

  private static ProcessStartInfo Start(string program, string arguments) {
    ProcessStartInfo info = new ProcessStartInfo(program, arguments);
    info.UseShellExecute = false;
    info.CreateNoWindow = true;
    info.WorkingDirectory = Data;
    info.RedirectStandardInput = true;
    info.EnvironmentVariables["VIGIE_VERSIONS"] = Path.Combine(Data, "versions");
    info.EnvironmentVariables["VIGIE_RELEASE_KEY"] = Path.Combine(Programs, "release.pub");
    return info;
  }

  private static string Ask(string argument) {
    ProcessStartInfo info = Start(Path.Combine(Programs, "vigie-agent.exe"), argument);
    info.RedirectStandardOutput = true;
    using (Process process = Process.Start(info)) {
      string said = process.StandardOutput.ReadToEnd().Trim();
      process.WaitForExit();
      if (process.ExitCode != 0 || said.Length == 0) throw new InvalidOperationException("vigie-agent " + argument);
      return said;
    }
  }

  protected override void OnStart(string[] args) {
    string packaged = Ask("--version");
    string config = Path.Combine(Data, "agent.yaml");
    string arguments = "run --config \"" + config + "\" --data-dir \"" + Data + "\"";
    ProcessStartInfo info = Start(Ask("which"), arguments);
    info.EnvironmentVariables["VIGIE_PACKAGED"] = packaged;
    info.EnvironmentVariables["VIGIE_STOP_WITH_INPUT"] = "1";
    info.RedirectStandardError = true;
    agent = new Process();
    agent.StartInfo = info;
    agent.EnableRaisingEvents = true;
    StreamWriter log = OpenLog();
    agent.ErrorDataReceived += delegate(object sender, DataReceivedEventArgs line) {
      if (line.Data == null) return;
      lock (log) { log.WriteLine(line.Data); log.Flush(); }
    };
    // Not a stop in good order: the service manager then does what its recovery says.
    agent.Exited += delegate { if (!stopping) Environment.Exit(1); };
    agent.Start();
    agent.BeginErrorReadLine();
  }

  protected override void OnStop() { End(); }
  protected override void OnShutdown() { End(); }

  // The end of its input is the agent's word to stop.
  private void End() {
    stopping = true;
    if (agent == null || agent.HasExited) return;
    agent.StandardInput.Close();
    if (!agent.WaitForExit(10000)) agent.Kill();
  }

  // The log of the last run and of the one before.
  private static StreamWriter OpenLog() {
    string path = Path.Combine(Data, "agent.log");
    if (File.Exists(path)) {
      File.Delete(path + ".1");
      File.Move(path, path + ".1");
    }
    return new StreamWriter(path, false);
  }
}
'@
if (Test-Path $hostExe) { Remove-Item -Force $hostExe }
Add-Type -TypeDefinition $hostSource -OutputAssembly $hostExe -OutputType ConsoleApplication -ReferencedAssemblies 'System.ServiceProcess.dll'

if (-not (Get-Service -Name $name -ErrorAction SilentlyContinue)) {
  New-Service -Name $name -BinaryPathName "`"$hostExe`"" -DisplayName 'Vigie agent' -StartupType Automatic `
    -Description 'Watches this device and reports to the supervision. / Surveille cet équipement et rapporte à la supervision.' | Out-Null
  Invoke-Checked 'sc.exe' @('config', $name, 'obj=', $account, 'start=', 'delayed-auto')
}
# Also when the host ends by itself with a code, and counted anew after a day.
Invoke-Checked 'sc.exe' @('failure', $name, 'reset=', '86400', 'actions=', 'restart/5000/restart/30000/restart/60000')
Invoke-Checked 'sc.exe' @('failureflag', $name, '1')
Invoke-Checked 'sc.exe' @('sidtype', $name, 'unrestricted')

# Programs belong to administrators; others may run them.
Invoke-Checked 'icacls.exe' @($programs, '/inheritance:r', '/grant:r', '*S-1-5-32-544:(OI)(CI)F', '*S-1-5-18:(OI)(CI)F', '*S-1-5-32-545:(OI)(CI)RX')

if (-not (Test-Path $config)) {
  $path = $data.Replace('\', '/')
  [IO.File]::WriteAllText($config, "# The agent of this device / L'agent de cet equipement`r`ndataDir: $path`r`nprofile: till-windows`r`n")
}
if ($Token) {
  # Not as an argument: other accounts see those.
  $env:VIGIE_ENROL_TOKEN = $Token
  try { & $agent enroll "--server=$Server" "--device=$Device" "--data-dir=$data" } finally { $env:VIGIE_ENROL_TOKEN = $null }
  if ($LASTEXITCODE -ne 0) { throw "vigie-agent enroll: $LASTEXITCODE" }
}
# What was made just now may be this administrator's own, by the policy of the machine.
Set-Inherited
if (Test-Path (Join-Path $data 'identity\identity.json')) {
  Start-Service -Name $name
  Write-Output "The agent runs. / L’agent tourne."
} else {
  Write-Output "Installed; it starts once the device is enrolled (-Server, -Token). / Installé ; il démarre une fois l’équipement enrôlé."
}
