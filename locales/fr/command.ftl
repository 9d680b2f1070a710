### Les commandes : leurs noms, tels qu’on les tape, et une phrase sur chacune pour l’aide.

command-today = aujourd’hui
command-today-help = Ce qui est ouvert pour vous en ce moment, avec ses boutons.

command-done = fait
command-done-help = Dire qu’une action (#12) est faite, et ce qu’elle a donné : réseau, répondeur, pas aujourd’hui…

command-me = moi
command-me-also = moi voir
command-me-help = Ce que Relais sait de vous et ce que vous pouvez changer.

command-me-language = moi langue
command-me-language-help = Choisir la langue de vos réponses privées.

command-me-pause = moi pause
command-me-pause-help = Ne rien recevoir en privé pendant une semaine ou jusqu’au jour choisi ; « fin » arrête la pause.

command-me-undo = moi annuler
command-me-undo-help = Annuler ce que vous avez confirmé en dernier, ou pour une action (#12).

command-me-export = moi exporter
command-me-export-help = Recevoir dans un fichier tout ce qui est enregistré sur vous.

command-me-forget = moi oublier
command-me-forget-help = Faire effacer pour de bon tout ce qui est enregistré sur vous.

command-help = aide
command-help-help = Ce que vous pouvez faire ici, ou comment se tape une commande.

command-stats = chiffres
command-stats-help = Les chiffres : aujourd’hui, semaine, une action (#12) ou une campagne.

command-summary-now = bilan maintenant
command-summary-now-also = résumé maintenant
command-summary-now-help = Le bilan de la semaine dernière, tel que la direction le reçoit.

command-ask-new = action nouvelle
command-ask-new-help = Rédiger une action.

command-ask-edit = action modifier
command-ask-edit-help = Modifier une action ; ce qui était approuvé devra l’être de nouveau.

command-ask-show = action voir
command-ask-show-help = Voir une action comme les salons la verront, et où elle en est.

command-ask-list = action liste
command-ask-list-help = Les dernières actions, ou celles d’un état : en attente, approuvée, ouverte…

command-ask-approve = action approuver
command-ask-approve-help = Approuver une action, dans une langue ou dans toutes.

command-ask-reject = action refuser
command-ask-reject-help = Renvoyer une action à qui l’a rédigée, avec une note.

command-ask-schedule = action planifier
command-ask-schedule-help = Dire quand une action est publiée : « 2026-12-01 9 h » ou « en semaine 9 h ».

command-ask-post = action publier
command-ask-post-help = Publier maintenant une action approuvée.

command-ask-close = action fermer
command-ask-close-help = Fermer une action avant sa clôture.

command-ask-withdraw = action retirer
command-ask-withdraw-help = Retirer une action : elle disparaît aussitôt de ses salons. Une raison peut suivre.

command-calendar-import = calendrier importer
command-calendar-import-help = Importer un calendrier d’actions : un classeur, avec ses images.

command-stop = arrêt
command-stop-help = Arrêter tous les envois, tout de suite, jusqu’à leur reprise.

command-resume = reprise
command-resume-help = Laisser repartir les envois après un arrêt.

command-campaign-new = campagne nouvelle
command-campaign-new-help = Lancer une campagne : un nom court, puis son titre en français et en anglais.

command-campaign-goal = campagne objectif
command-campaign-goal-help = Fixer l’objectif d’une campagne : combien, d’ici quel jour, de quel type.

command-campaign-list = campagne liste
command-campaign-list-help = Les campagnes et leurs objectifs.

command-room-add = salon ajouter
command-room-add-help = Relier ce salon : bénévoles, coordination ou direction ; sa langue, son groupe, son fuseau.

command-room-list = salon liste
command-room-list-help = Les salons reliés.

command-room-crosspost = salon diffuser
command-room-crosspost-help = Diffuser aussi chaque publication dans les salons qui suivent ce salon d’annonces : oui ou non.
command-room-seed = salon réactions
command-room-seed-help = Mettre d’avance les réactions sous chaque publication : oui ou non.

command-room-remove = salon retirer
command-room-remove-help = Ne plus relier ce salon : rien n’y sera plus publié.

command-group-add = groupe ajouter
command-group-add-help = Créer un groupe de salons.

command-group-space = groupe espace
command-group-space-help = Faire d’un espace ou d’un serveur où est le robot celui d’un groupe.

command-role-grant = rôle donner
command-role-grant-help = Donner un rôle (direction, coordination, administration), partout ou dans un groupe.

command-role-revoke = rôle retirer
command-role-revoke-help = Retirer un rôle à quelqu’un.

command-role-map = rôle associer
command-role-map-help = Dans ce salon, donner un rôle à qui a un rôle du serveur, ou à partir d’un niveau de pouvoir.

command-role-unmap = rôle dissocier
command-role-unmap-help = Dans ce salon, ne plus donner de rôle selon un rôle du serveur ou un niveau de pouvoir.

command-role-list = rôle liste
command-role-list-help = Qui a un rôle, et quels salons en donnent.

parameter-language = langue
parameter-language-help = Français ou anglais.

parameter-until = date
parameter-until-help = Le dernier jour de la pause, comme 2026-12-01, ou « fin » pour l’arrêter.

parameter-ask = action
parameter-ask-help = L’action, par son numéro.

parameter-sure = confirmer
parameter-sure-help = « oui », quand c’est décidé.

parameter-command = commande
parameter-command-help = La commande à expliquer.

parameter-what = quoi
parameter-what-help = Aujourd’hui, semaine, le numéro d’une action ou le nom court d’une campagne.

parameter-state = état
parameter-state-help = Seulement les actions d’un état : en attente, approuvée, ouverte…

parameter-note = note
parameter-note-help = Ce qui devrait changer.

parameter-when = quand
parameter-when-help = Un jour et une heure, comme « 2026-12-01 9 h », ou « en semaine 9 h ».

parameter-campaign = campagne
parameter-campaign-help = La campagne, par son nom court.
parameter-campaign-new-help = Son nom court, en un mot.

parameter-title-fr = titre_fr
parameter-title-fr-help = Son titre en français.

parameter-title-en = titre_en
parameter-title-en-help = Son titre en anglais.

parameter-count = nombre
parameter-count-help = Combien il en faut.

parameter-by = échéance
parameter-by-help = Le dernier jour qui compte, comme 2026-12-15.

parameter-kind = type
parameter-kind-help = Ne compter que les actions de ce type.

parameter-purpose = usage
parameter-purpose-help = À quoi sert le salon.

parameter-room-language = langue
parameter-room-language-help = La langue de ce qui est publié ici.

parameter-group = groupe
parameter-group-help = Le groupe de salons.
parameter-group-new-help = Le nom du nouveau groupe.

parameter-zone = fuseau
parameter-zone-help = Le fuseau horaire du salon, comme America/Toronto.

parameter-person = personne
parameter-person-help = Qui : un nom ou un compte.

parameter-role = rôle
parameter-role-help = Quel rôle.

parameter-outcome = résultat
parameter-outcome-help = Ce qu’elle a donné : un réseau, jointe, répondeur, pas aujourd’hui…

parameter-reason = raison
parameter-reason-help = Pourquoi, pour la coordination.

parameter-switch = choix
parameter-switch-help = Oui ou non.

parameter-space = espace
parameter-space-help = L’espace ou le serveur qui contient les salons du groupe.

parameter-level = niveau
parameter-level-help = Ce qui donne le rôle : un rôle de ce serveur, un niveau de pouvoir.

parameter-room = salon
parameter-room-help = Le salon relié ; celui-ci, si aucun n’est nommé.

parameter-file = fichier
parameter-file-help = Le calendrier : un classeur (.xlsx ou .csv).

parameter-picture = image
parameter-picture-help = Une image que le calendrier nomme.
